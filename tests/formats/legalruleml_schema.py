"""The compact serialisation of LegalRuleML Core 1.0, as far as we write it, as a table of our own.

For each element: what may stand in it, as a regular expression over the names of its children, and its attributes with
the form of their values. Elements whose content differs by where they stand (`Rule`, `slot`, `Data`) have a row each.
"""

from __future__ import annotations

import re

from lxml import etree

LRML = "{http://docs.oasis-open.org/legalruleml/ns/v1.0/}"
RULEML = "{http://ruleml.org/spec}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"

NCNAME = r"[A-Za-z_][\w.-]*"
KEY = {"key": NCNAME, "keyref": f"#{NCNAME}", "type": r"\S+"}
EDGE = {"keyref": f"#{NCNAME}"}
CURIE = rf"({NCNAME})?:\S+"
NODE = {"key": CURIE, "keyref": f":{NCNAME}"}
RESOURCE = NODE | {"iri": CURIE, "type": CURIE}

DEONTIC = "Obligation|Permission|Prohibition|Right|Violation|Compliance|Reparation"
SIMPLE = "Override|r:Atom|r:Equal"
PLAIN = f"{SIMPLE}|r:And|r:Or|r:Neg|r:Implies|r:Equivalent|r:Forall|r:Exists"
"""Formulas without negation as failure, which `Neg`, `Naf`, quantifiers and conclusions do not take by itself."""
PREMISE = f"{DEONTIC}|{PLAIN}|r:Naf|r:Operation"
TERM = "r:Ind|r:Data|r:Var|r:Expr|r:Plex"
HEAD = "(Comment )?(Paraphrase )?"
COLLECTION = "(Comment )?(hasMemberType )*"
ITEM = "(Comment )?(hasType )*"
META = (
    "LegalReferences|LegalSources|References|Sources|Times|TemporalCharacteristics|Agents|Figures|Roles|"
    "Authorities|Jurisdictions"
)
APPLIES = (
    "appliesSource|appliesTemporalCharacteristics|appliesTemporalCharacteristic|appliesStrength|appliesModality|"
    "appliesAuthority|appliesJurisdiction"
)
STATEMENT = (
    "ConstitutiveStatement|PrescriptiveStatement|OverrideStatement|PenaltyStatement|ReparationStatement|"
    "FactualStatement"
)


def any_of(names: str, many: str = "*") -> str:
    return f"({'|'.join(f'{name} ' for name in names.split('|'))}){many}"


def deontic() -> tuple[str, dict[str, str]]:
    formula = any_of(f"{DEONTIC}|{PLAIN}|r:Operation", "?")
    return f"{HEAD}(r:slot )*{formula}", KEY


TABLE: dict[str, tuple[str, dict[str, str]]] = {
    "LegalRuleML": (
        f"(Comment )*(Prefix {any_of('Prefix|Comment')})?({any_of(META, '')}{any_of(META + '|Comment')})?"
        f"(Associations {any_of('Associations|Comment')})?({any_of('Alternatives|Context|Statements|Comment')})?",
        KEY | {"hasCreationDate": r"\S+"},
    ),
    "Prefix": ("(Comment )?", {"pre": NCNAME, "refID": "[^:].*"}),
    "LegalReferences": ("(Comment )?(LegalReference )*", KEY),
    "LegalReference": ("(Comment )?", {"refersTo": NCNAME, "refID": ".*", "refIDSystemName": ".*"}),
    "LegalSources": (COLLECTION + any_of("LegalSource|LegalSources"), KEY),
    "LegalSource": (ITEM, KEY | {"sameAs": r"\S+"}),
    "Authorities": (COLLECTION + "(Authority )*", KEY),
    "Authority": (ITEM, KEY | {"sameAs": r"\S+"}),
    "Jurisdictions": (COLLECTION + "(Jurisdiction )*", KEY),
    "Jurisdiction": (ITEM, KEY | {"sameAs": r"\S+"}),
    "Agents": (COLLECTION + "(Agent )*", KEY),
    "Agent": (ITEM, KEY | {"sameAs": r"\S+"}),
    "Figures": (COLLECTION + "(Figure )*", KEY),
    "Figure": (ITEM + "(hasFunction )*(hasActor )*", KEY),
    "hasFunction": ("", {"iri": r"\S+"}),
    "hasActor": ("", EDGE),
    "Roles": (COLLECTION + "(Role )*", KEY),
    "Role": (ITEM + "(filledBy )*(forExpression )*", KEY | {"iri": r"\S+"}),
    "filledBy": ("", EDGE),
    "forExpression": ("", EDGE),
    "Times": (COLLECTION + "(r:Time )*", KEY),
    "r:Time": (ITEM + "(r:Data )?", NODE),
    "TemporalCharacteristics": (COLLECTION + "(TemporalCharacteristic )*", KEY),
    "TemporalCharacteristic": (ITEM + "(forStatus )?(hasStatusDevelopment )?(atTime )?", KEY),
    "forStatus": ("", {"iri": r"\S+"}),
    "hasStatusDevelopment": ("", {"iri": r"\S+"}),
    "atTime": ("", EDGE),
    "Associations": (COLLECTION + "(Association )*", KEY),
    "Association": (ITEM + any_of(APPLIES) + "(toTarget )*", KEY),
    "appliesSource": ("", EDGE),
    "appliesTemporalCharacteristic": ("", EDGE),
    "appliesModality": ("", {"iri": r"\S+"}),
    "appliesAuthority": ("", EDGE),
    "appliesJurisdiction": ("", EDGE),
    "appliesPenalty": ("", EDGE),
    "toPrescriptiveStatement": ("", EDGE),
    "toTarget": ("", EDGE),
    "inScope": ("", EDGE),
    "Context": (
        f"(Comment )?{any_of(APPLIES)}{any_of('appliesAssociations|appliesAssociation')}"
        "(appliesAlternatives )*(inScope )*",
        KEY | {"hasCreationDate": r"\S+"},
    ),
    "Statements": (COLLECTION + any_of(f"hasQualification|Statements|{STATEMENT}"), KEY),
    "PrescriptiveStatement": (ITEM + "(r:Rule )?", KEY),
    "ConstitutiveStatement": (ITEM + "(r:Rule )?", KEY),
    "FactualStatement": (ITEM + "(hasTemplate )?", KEY),
    "hasTemplate": (any_of(PLAIN, "?"), EDGE),
    "OverrideStatement": (ITEM + "(Override )?", KEY),
    "Override": (HEAD, KEY | {"over": f"#{NCNAME}", "under": f"#{NCNAME}"}),
    "PenaltyStatement": (
        ITEM + any_of(f"SuborderList|{DEONTIC}|{PLAIN}|r:Operation", "?"),
        KEY,
    ),
    "ReparationStatement": (ITEM + "(Reparation )?", KEY),
    "Reparation": (HEAD + "(appliesPenalty )*(toPrescriptiveStatement )*", KEY),
    "Obligation": (deontic()[0], KEY | {"iri": CURIE}),
    "Permission": (deontic()[0], KEY | {"iri": CURIE}),
    "Prohibition": deontic(),
    "Right": deontic(),
    "Bearer": ("(Comment )?", KEY | {"iri": r"\S+"}),
    "AuxiliaryParty": ("(Comment )?", KEY | {"iri": r"\S+"}),
    "r:Rule": (
        HEAD + "(hasStrength )?(r:if )?(r:then )?",
        NODE
        | {"closure": "universal|existential", "strength": "StrictStrength|defeasible|defeater"},
    ),
    "r:if": (any_of(PREMISE, ""), {}),
    "r:then": (any_of(f"{DEONTIC}|{PLAIN}|r:Operation", ""), {}),
    "r:then of ConstitutiveStatement": (any_of(PLAIN, ""), {}),
    "r:And": (HEAD + any_of(PREMISE), NODE),
    "r:Or": (HEAD + any_of(PREMISE), NODE),
    "r:Neg": (HEAD + any_of(f"{DEONTIC}|{PLAIN}|r:Operation", ""), NODE),
    "r:Naf": (HEAD + any_of(f"{PLAIN}|r:Operation", ""), NODE),
    "r:Operation": (HEAD + any_of(PREMISE), NODE | {"type": CURIE}),
    "r:Implies": (HEAD + "r:if r:then ", NODE),
    "r:Forall": (HEAD + f"(r:Var )+{any_of(f'{DEONTIC}|{PLAIN}|r:Operation', '')}", NODE),
    "r:Exists": (HEAD + f"(r:Var )+{any_of(f'{DEONTIC}|{PLAIN}|r:Operation', '')}", NODE),
    "r:Atom": (HEAD + f"(r:Rel {any_of(TERM)}(r:slot )*)?", NODE),
    "r:Equal": (HEAD + any_of(TERM, "{2}"), NODE | {"type": CURIE}),
    "r:Expr": (HEAD + f"r:Fun {any_of(TERM)}(r:slot )*", NODE),
    "r:Plex": (HEAD + any_of(TERM) + "(r:slot )*", NODE),
    "r:slot": (any_of("r:Ind|r:Data|r:Expr|r:Plex", "") + any_of(TERM, ""), {}),
    "r:slot of a deontic word": ("(Bearer |AuxiliaryParty )" + any_of(TERM, ""), {}),
    "r:Rel": ("", RESOURCE),
    "r:Fun": ("", RESOURCE),
    "r:Ind": ("", RESOURCE),
    "r:Var": ("", NODE | {"type": CURIE}),
    "r:Data": ("", {}),
}
TEXTUAL = {"r:Rel", "r:Fun", "r:Ind", "r:Var", "r:Data"}
DATA = {
    "xs:string": r"[\s\S]*",
    "xs:boolean": "true|false",
    "xs:integer": r"-?\d+",
    "xs:decimal": r"-?\d+(\.\d+)?",
    "xs:date": r"\d{4}-\d\d-\d\d",
    "xs:dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?",
    "xs:duration": r"P(\d+Y)?(\d+M)?(\d+D)?(T\d+H)?",
}


def wrong(text: str) -> list[str]:
    """What in a document is not as the standard has it; references that lead nowhere included."""
    root = etree.fromstring(text.encode())
    found: list[str] = []
    keys: list[str] = []
    references: list[str] = []
    for item in root.iter(etree.Element):
        name = short(item)
        if any(short(up) in ("Comment", "Paraphrase") for up in item.iterancestors()):
            continue  # anything may stand in these
        references += [item.get(at, "") for at in ("keyref", "over", "under") if item.get(at)]
        keys += [value.lstrip(":") for at in ("key", "refersTo") if (value := item.get(at))]
        if name in ("Comment", "Paraphrase"):
            continue
        found += _of(item, name)
    found += (
        [f"two things have the key {key}" for key in sorted({k for k in keys if keys.count(k) > 1})]
        if len(keys) != len(set(keys))
        else []
    )
    known = set(keys)
    found += [f"{one} leads nowhere" for one in references if one.lstrip("#:") not in known]
    return found


def _of(item: etree._Element, name: str) -> list[str]:
    place = f"line {item.sourceline}: {name}"
    above = item.getparent()
    row = name
    if name == "r:slot" and above is not None and short(above) in DEONTIC.split("|"):
        row = "r:slot of a deontic word"
    if name == "r:then" and above is not None and above.getparent() is not None:
        outer = short(above.getparent())
        row = f"r:then of {outer}" if f"r:then of {outer}" in TABLE else name
    if row not in TABLE:
        return [f"{place} is not an element of the standard that we write"]
    content, attributes = TABLE[row]
    found = []
    inside = "".join(f"{short(each)} " for each in item if isinstance(each.tag, str))
    if not re.fullmatch(content, inside):
        found.append(f"{place} holds {inside or 'nothing'}")
    for at, value in item.attrib.items():
        if at == XSI and name == "r:Data":
            if value not in DATA or not re.fullmatch(DATA[value], item.text or ""):
                found.append(f"{place} is no {value}: {item.text!r}")
        elif at not in attributes or not re.fullmatch(attributes[at], value):
            found.append(f"{place} has {at}={value!r}")
    if (item.text or "").strip() and name not in TEXTUAL:
        found.append(f"{place} holds text")
    return found


def short(item: etree._Element) -> str:
    """`Statements`, `r:Atom`; of another namespace the whole name."""
    tag = str(item.tag)
    if tag.startswith(LRML):
        return tag.removeprefix(LRML)
    return f"r:{tag.removeprefix(RULEML)}" if tag.startswith(RULEML) else tag
