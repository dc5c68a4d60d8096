"""What several imports give, as one catalogue: clashes of ids, and how the controls are arranged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writ.formats.oscal.selection import Controls, Data, controls_of

Report = Callable[[str, str], None]
"""Code and message."""


def merged(catalogs: list[Data], merge: Data, report: Report) -> Data:
    """The members `params`, `controls` and `groups` of the merged catalogue.

    `combine` says what becomes of controls with one id: `keep` (the default) keeps both, `use-first` the first, `merge`
    the first with what only the others have. Controls that are equal are one in any case. `as-is` keeps the groups,
    `custom` makes its own; without either, and with `flat`, the controls stand in one list, none within another.
    """
    structures = [
        name for name in ("as-is", "flat", "custom") if merge.get(name) not in (None, False)
    ]
    if len(structures) > 1:
        report("X403", f"`merge` has both `{structures[0]}` and `{structures[1]}`")
    method = merge.get("combine", {}).get("method", "keep")
    if method not in ("keep", "use-first", "merge"):
        report("X403", f"`{method}` is no method of `combine`: keep, use-first or merge")
    catalogs = _combined(catalogs, method, report)
    params = [one for each in catalogs for one in each.get("params", ())]
    if structures[:1] == ["as-is"]:
        made = {
            "params": params,
            "controls": [one for each in catalogs for one in each.get("controls", ())],
            "groups": _together([one for each in catalogs for one in each.get("groups", ())]),
        }
    else:
        params += [one for each in catalogs for one in _loose(each)]
        listed = [
            {key: value for key, value in control.items() if key != "controls"}
            for each in catalogs
            for control, _ in controls_of(each)
        ]
        made = {"params": params, "controls": listed}
        if structures[:1] == ["custom"]:
            made |= _arranged(merge["custom"], {"controls": listed}, report)
    return {name: value for name, value in made.items() if value}


def _loose(held: Data) -> list[Data]:
    """Parameters of groups, which have no place in a flat list but beside it."""
    found = []
    for group in held.get("groups", ()):
        found += [*group.get("params", ()), *_loose(group)]
    return found


def _combined(catalogs: list[Data], method: str, report: Report) -> list[Data]:
    first: dict[str, Data] = {}
    clashes: dict[str, list[Data]] = {}
    gone: set[int] = set()
    for catalog in catalogs:
        for control, _ in controls_of(catalog):
            id = control["id"]
            if (known := first.setdefault(id, control)) is control:
                continue
            if method != "keep" or _bare(known) == _bare(control):
                gone.add(id_of(control))
            else:
                report("X406", f"two different controls have the id `{id}`: `combine` keeps both")
            if method == "merge":
                clashes.setdefault(id, []).append(control)
    if not gone:
        return catalogs
    more = {id: _united(first[id], others) for id, others in clashes.items()}
    return [_without(catalog, gone, more) for catalog in catalogs]


def id_of(control: Data) -> int:
    """Which of several equal controls."""
    return id(control)


def _bare(control: Data) -> Data:
    return {key: value for key, value in control.items() if key != "controls"}


def _united(control: Data, others: list[Data]) -> Data:
    """The control with the members, and the items of its lists, that only the others have."""
    made = dict(control)
    for other in others:
        for key, value in other.items():
            if key == "controls":
                continue
            if isinstance(value, list):
                known = {one["id"] for one in made.get(key, ()) if "id" in one}
                extra = [
                    one
                    for one in value
                    if one.get("id") not in known and one not in made.get(key, ())
                ]
                made[key] = [*made.get(key, ()), *extra]
            else:
                made.setdefault(key, value)
    return made


def _without(held: Data, gone: set[int], more: dict[str, Data]) -> Data:
    made = dict(held)
    if "controls" in held:
        found: list[Data] = []
        for control in held["controls"]:
            inner = _without(control, gone, more) if "controls" in control else control
            if id_of(control) in gone:
                found += inner.get("controls", ())
                continue
            if control["id"] in more:
                united = {**more[control["id"]]}
                inner = united | ({"controls": inner["controls"]} if "controls" in inner else {})
            found.append(inner)
        made["controls"] = found
    if "groups" in held:
        made["groups"] = [_without(group, gone, more) for group in held["groups"]]
    return {key: value for key, value in made.items() if value or key not in ("controls", "groups")}


def _together(groups: list[Data]) -> list[Data]:
    """Groups of one id from several imports are one group."""
    made: dict[Any, Data] = {}
    for number, group in enumerate(groups):
        key = group.get("id", number)
        if key not in made:
            made[key] = dict(group)
            continue
        for name in ("controls", "groups"):
            if name in group:
                made[key][name] = [*made[key].get(name, ()), *group[name]]
    for group in made.values():
        if "groups" in group:
            group["groups"] = _together(group["groups"])
    return list(made.values())


def _arranged(custom: Data, flat: Data, report: Report) -> Data:
    """The groups that the profile makes, and the controls that it puts beside them."""
    known = Controls(flat)

    def filled(group: Data) -> Data:
        made = {k: v for k, v in group.items() if k not in ("insert-controls", "groups")}
        found: list[Data] = []
        for insertion in group.get("insert-controls", ()):
            ids, missing = known.selected(insertion)
            for id in missing:
                report("X406", f"`insert-controls` names `{id}`, which was not imported")
            inserted = [one for one in flat["controls"] if one["id"] in ids]
            order = insertion.get("order", "keep")
            if order in ("ascending", "descending"):
                inserted.sort(key=_sorted_by, reverse=order == "descending")
            found += inserted
        groups = [filled(one) for one in group.get("groups", ())]
        return (
            made | ({"groups": groups} if groups else {}) | ({"controls": found} if found else {})
        )

    made = filled({"groups": custom.get("groups", []), **custom})
    return {"controls": made.get("controls", []), "groups": made.get("groups", [])}


def _sorted_by(control: Data) -> str:
    """`sort-id` where the catalogue gives one."""
    named = (one["value"] for one in control.get("props", ()) if one["name"] == "sort-id")
    return str(next(named, control["id"]))
