"""Templates filled in: the links that Cedar's command line keeps beside a policy set."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.policies import Policy, Templates, in_order, policy_of, said, uid
from writ.formats.cedar.values import Value

SLOTS = ("principal", "resource")


class Link(NamedTuple):
    """A template filled in. `slots`: `?principal` and `?resource` by name."""

    template: str
    id: str
    slots: dict[str, Value]


def read_links(text: str, file: str) -> list[Link]:
    """The links of a file, as Cedar's command line keeps them: `template_id`, `link_id`, `args`.

    Raises:
        Refused: the file is not of that form.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(finding("X104", f"the links cannot be read: {said(error)}", file)) from None
    if not isinstance(data, list):
        raise Refused(finding("X104", "the links are no list", file))
    return [_link(one, file) for one in data]


def _link(data: Any, file: str) -> Link:
    match data:
        case {"template_id": str(template), "link_id": str(id), "args": dict(args)}:
            slots = {str(slot): uid(given) for slot, given in args.items()}
            for slot, value in slots.items():
                if value is None:
                    message = f"the link `{id}` gives `{slot}` no entity"
                    raise Refused(finding("X104", message, file))
            return Link(template, id, {slot: one for slot, one in slots.items() if one})
        case _:
            message = "a link lacks `template_id`, `link_id` or `args`"
            raise Refused(finding("X104", message, file))


def filled(
    policies: list[Policy], templates: Templates, links: list[Link], file: str
) -> list[Policy]:
    """The policies, with one for each link.

    Raises:
        Refused: a link does not fit its template, or takes an id that is taken.
    """
    found, ids = list(policies), {one.id for one in policies}
    for link in links:
        if link.id in ids:
            raise Refused(finding("X104", f"two policies have the id `{link.id}`", file))
        ids.add(link.id)
        found.append(_linked(link, templates, file))
    return in_order(found)


def _linked(link: Link, templates: Templates, file: str) -> Policy:
    template = link.template if link.template in templates else ""
    if not template:
        named = [
            id for id, one in templates.items() if one["annotations"].get("id") == link.template
        ]
        if len(named) != 1:
            message = f"`{link.template}` is the id of {len(named) or 'no'} template"
            raise Refused(finding("X104", message + "s" * (len(named) > 1), file))
        template = named[0]
    data = dict(templates[template])
    wanted = set()
    for part in SLOTS:
        head = data[part]
        holder = head.get("in", head) if head["op"] == "is" else head
        if "slot" in holder:
            slot = holder["slot"]
            wanted.add(slot)
            if slot in link.slots:
                type_name, id = link.slots[slot].of
                filled = {"entity": {"type": type_name, "id": id}}
                data[part] = (
                    {**head, "in": filled} if holder is not head else {"op": head["op"], **filled}
                )
    if wanted != set(link.slots):
        slots = " and ".join(sorted(wanted)) or "none"
        message = f"the link `{link.id}` must fill the slots of `{link.template}`: {slots}"
        raise Refused(finding("X104", message, file))
    return policy_of(link.id, data, file, template)
