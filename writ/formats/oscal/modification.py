"""What a profile changes in the controls it selects: values of parameters, and parts taken out or put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from writ.formats.oscal.selection import Data, controls_of

Report = Callable[[str, str], None]
_LISTS = ("params", "props", "links", "parts", "controls")
_ITEM = {
    "params": "param",
    "props": "prop",
    "links": "link",
    "parts": "part",
    "controls": "control",
}
_REPLACED = ("class", "depends-on", "label", "usage", "values", "select")
_ADDED = ("constraints", "guidelines")
_KEYED = ("props", "links")


def modified(catalog: Data, modify: Data, report: Report) -> Data:
    """The catalogue as the profile changes it; the one given stays as it is."""
    settings, alters = modify.get("set-parameters", ()), modify.get("alters", ())
    if not settings and not alters:
        return catalog
    touched = {one["control-id"] for one in alters}
    asked = {one["param-id"] for one in settings}
    catalog = _copied(catalog, touched, asked)
    params: dict[str, list[Data]] = {}
    for one in _params(catalog):
        params.setdefault(one["id"], []).append(one)
    for setting in settings:
        found = params.get(setting["param-id"], [])
        if not found:
            report(
                "X406",
                f"`set-parameters` names the parameter `{setting['param-id']}`, which is not there",
            )
        for param in found:
            _set(param, setting)
    controls: dict[str, list[Data]] = {}
    for control, _ in controls_of(catalog):
        controls.setdefault(control["id"], []).append(control)
    for alter in alters:
        altered = controls.get(alter["control-id"], [])
        if not altered:
            report(
                "X406", f"`alters` names the control `{alter['control-id']}`, which is not there"
            )
        for control in altered:
            for removal in alter.get("removes", ()):
                _remove(control, removal, report)
            for addition in alter.get("adds", ()):
                _add(control, addition, report)
    return catalog


def _copied(held: Data, controls: set[str], params: set[str]) -> Data:
    """A copy in which what will change is new, down to its last part, and all else is shared."""
    made = dict(held)
    if "id" in held and held["id"] in controls:
        return deepcopy(held)
    if "params" in held:
        made["params"] = [deepcopy(one) if one["id"] in params else one for one in held["params"]]
    for name in ("controls", "groups"):
        if name in held:
            made[name] = [_copied(one, controls, params) for one in held[name]]
    return made


def _params(held: Data) -> Iterator[Data]:
    yield from held.get("params", ())
    for name in ("controls", "groups"):
        for one in held.get(name, ()):
            yield from _params(one)


def _set(param: Data, setting: Data) -> None:
    """What the setting has takes the place of what the parameter had; constraints and guidelines come on top."""
    for name in _REPLACED:
        if name in setting:
            param[name] = setting[name]
    for name in _ADDED:
        if name in setting:
            param[name] = [*param.get(name, ()), *setting[name]]
    for name in _KEYED:
        if name in setting:
            new = {_key(one) for one in setting[name]}
            param[name] = [
                *(one for one in param.get(name, ()) if _key(one) not in new),
                *setting[name],
            ]


def _key(item: Data) -> tuple[Any, ...]:
    return tuple(item.get(name) for name in ("name", "ns", "class", "href", "rel"))


def _remove(control: Data, removal: Data, report: Report) -> None:
    """Everything within the control that fits all that the removal says."""
    tests = {name: value for name, value in removal.items() if name.startswith("by-")}

    def fits(kind: str, item: Data) -> bool:
        said = {
            "by-name": item.get("name"),
            "by-class": item.get("class"),
            "by-id": item.get("id"),
            "by-item-name": _ITEM[kind],
            "by-ns": item.get("ns"),
        }
        return all(said.get(name) == value for name, value in tests.items())

    def within(item: Data) -> int:
        count = 0
        for kind in _LISTS:
            if kind not in item or kind == "controls":
                continue
            kept = [one for one in item[kind] if not fits(kind, one)]
            count += len(item[kind]) - len(kept)
            item[kind] = kept
            if not kept:
                del item[kind]
            count += sum(within(one) for one in kept)
        return count

    if not tests or not within(control):
        said = ", ".join(f"{name} {value}" for name, value in tests.items()) or "nothing"
        report("X406", f"`removes` in `{control['id']}` finds nothing ({said})")


def _add(control: Data, addition: Data, report: Report) -> None:
    """Put what is added into the control, or into or beside the item that `by-id` names."""
    position, target = addition.get("position", "ending"), addition.get("by-id")
    home: Data | None = control
    if target is not None and target != control["id"]:
        found = next(_located(control, target), None)
        if found is None:
            report("X406", f"`adds` in `{control['id']}` names `{target}`, which is not there")
            return
        holder, kind, index = found
        home = holder[kind][index]
        if position in ("before", "after"):
            beside = addition.get(kind, [])
            at = index + (position == "after")
            holder[kind] = [*holder[kind][:at], *deepcopy(beside), *holder[kind][at:]]
            rest = [name for name in (*_LISTS, "title") if name in addition and name != kind]
            if rest:
                report(
                    "X406",
                    f"`adds` puts {', '.join(rest)} beside `{target}`, where only {kind} can stand",
                )
            return
    assert home is not None
    if "title" in addition:
        home["title"] = addition["title"]
    for kind in _LISTS:
        if kind in addition:
            new, old = deepcopy(addition[kind]), home.get(kind, [])
            home[kind] = [*new, *old] if position in ("starting", "before") else [*old, *new]


def _located(item: Data, id: str) -> Iterator[tuple[Data, str, int]]:
    """Where the item with the id stands: what holds it, the name of the list, and its place in the list."""
    for kind in ("params", "parts", "controls"):
        for number, one in enumerate(item.get(kind, ())):
            if one.get("id") == id:
                yield item, kind, number
            yield from _located(one, id)
