"""What OSCAL 1.2 says a catalogue and a profile consist of: one table, by which all three forms are read and written.

Each shape lists its members in the order in which XML has them. A member is written

    [@]XML-NAME[*][>JSON-NAME][:TYPE]

with `@` for an attribute of the XML, `*` for a list, and as types `text` (the default), `line` (markup within a line),
`prose` (markup of several paragraphs), `truth`, `empty` and the names of other shapes. `=` in place of the XML name is
the text of the element itself, `~` markup that stands in the element without one of its own (the prose of a part), and
`+NAME` an element that holds the list (`revisions`). A `!` after all asks that the member be there.
Source: https://pages.nist.gov/OSCAL-Reference/models/ (catalog, profile; 1.1.3 and 1.2.0).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HELD = "prop*>props:property link*>links:link"
_CHOICE = "include-all:empty include-controls*:selection exclude-controls*:selection"

_TABLE = {
    "catalog": "@uuid! metadata:metadata! param*>params:parameter control*>controls:control "
    "group*>groups:group back-matter:back-matter",
    "profile": "@uuid! metadata:metadata! import*>imports:import! merge:merge modify:modify back-matter:back-matter",
    "metadata": "title:line! published last-modified! version! oscal-version! +revisions/revision*>revisions:revision "
    f"document-id*>document-ids:document-id {_HELD} role*>roles:role location*>locations:location "
    "party*>parties:party responsible-party*>responsible-parties:responsible-party action*>actions:action "
    "remarks:prose",
    "revision": f"title:line published last-modified version oscal-version {_HELD} remarks:prose",
    "document-id": "@scheme =>identifier",
    "property": "@name! @uuid @ns @value! @class @group remarks:prose",
    "link": "@href! @rel @media-type @resource-fragment text:line",
    "role": f"@id title:line short-name description:prose {_HELD} remarks:prose",
    "location": "@uuid title:line address:address email-address*>email-addresses "
    f"telephone-number*>telephone-numbers:telephone url*>urls {_HELD} remarks:prose",
    "party": f"@uuid @type name short-name external-id*>external-ids:external-id {_HELD} "
    "email-address*>email-addresses telephone-number*>telephone-numbers:telephone address*>addresses:address "
    "location-uuid*>location-uuids member-of-organization*>member-of-organizations remarks:prose",
    "external-id": "@scheme =>id",
    "telephone": "@type =>number",
    "address": "@type addr-line*>addr-lines city state postal-code country",
    "responsible-party": f"@role-id party-uuid*>party-uuids {_HELD} remarks:prose",
    "action": f"@uuid @date @type @system title:line description:prose {_HELD} "
    "responsible-party*>responsible-parties:responsible-party remarks:prose",
    "group": f"@id @class title:line param*>params:parameter {_HELD} part*>parts:part group*>groups:group "
    "control*>controls:control insert-controls*:insertion",
    "control": f"@id! @class title:line! param*>params:parameter {_HELD} part*>parts:part control*>controls:control",
    "part": "@id @name! @ns @class title:line prop*>props:property ~>prose:prose part*>parts:part link*>links:link",
    "parameter": f"@id! @class @depends-on {_HELD} label:line usage:prose constraint*>constraints:constraint "
    "guideline*>guidelines:guideline value*>values select:select remarks:prose",
    "constraint": "description:prose test*>tests:test",
    "test": "expression remarks:prose",
    "guideline": "~>prose:prose",
    "select": "@how-many choice*:line",
    "back-matter": "resource*>resources:resource",
    "resource": "@uuid! title:line description:prose prop*>props:property document-id*>document-ids:document-id "
    "citation:citation rlink*>rlinks:rlink base64:base64 remarks:prose",
    "citation": f"text:line {_HELD}",
    "rlink": "@href! @media-type hash*>hashes:hash",
    "hash": "@algorithm =>value",
    "base64": "@filename @media-type =>value",
    "import": f"@href! {_CHOICE}",
    "selection": "@with-child-controls with-id*>with-ids matching*:matching",
    "matching": "@pattern!",
    "merge": "combine:combine flat:empty as-is:truth custom:custom",
    "combine": "@method",
    "custom": "group*>groups:group insert-controls*:insertion",
    "insertion": f"@order {_CHOICE}",
    "modify": "set-parameter*>set-parameters:setting alter*>alters:alteration",
    "setting": f"@param-id! @class @depends-on {_HELD} label:line usage:prose constraint*>constraints:constraint "
    "guideline*>guidelines:guideline value*>values select:select",
    "alteration": "@control-id! remove*>removes:removal add*>adds:addition",
    "removal": "@by-name @by-class @by-id @by-item-name @by-ns",
    "addition": f"@position @by-id title:line param*>params:parameter {_HELD} part*>parts:part",
}

_MEMBER = re.compile(
    r"(?P<attribute>@)?(?:\+(?P<holder>[\w-]+)/)?(?P<xml>[\w-]+|=|~)(?P<many>\*)?"
    r"(?:>(?P<json>[\w-]+))?(?::(?P<type>[\w-]+))?(?P<must>!)?"
)
PLAIN = frozenset({"text", "line", "prose", "truth", "empty"})
"""The types that are no shapes."""


class Member(NamedTuple):
    """One member of a shape, as the table writes it."""

    xml: str
    json: str
    type: str
    many: bool
    attribute: bool
    holder: str
    must: bool


def _read(words: str) -> tuple[Member, ...]:
    found = []
    for word in words.split():
        match = _MEMBER.fullmatch(word)
        assert match is not None, word
        found.append(
            Member(
                match["xml"],
                match["json"] or match["xml"],
                match["type"] or "text",
                bool(match["many"]),
                bool(match["attribute"]),
                match["holder"] or "",
                bool(match["must"]),
            )
        )
    return tuple(found)


SHAPES: dict[str, tuple[Member, ...]] = {name: _read(words) for name, words in _TABLE.items()}
BY_JSON = {name: {one.json: one for one in members} for name, members in SHAPES.items()}
BY_XML = {name: {one.xml: one for one in members} for name, members in SHAPES.items()}
ROOTS = ("catalog", "profile")
