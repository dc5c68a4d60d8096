"""Akoma Ntoso 3.0 of an instrument that is written in Markdown: its headings are sections, `(1)` begins a subsection.

What was imported from Akoma Ntoso is given back by `writ export akn`, which needs the file that lies beside it; an
edition holds the texts alone. So this is made of the text for every instrument. Schema: OASIS LegalDocML 1.0.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from ministry.reading.parts import Part
from writ.book.model import Instrument
from writ.editions.provisions import Provision, provisions_of

_FENCE = re.compile(r"(?ms)^(```+|~~~+)writ[ \t]*$.*?(?:^\1[`~]*[ \t]*$|\Z)")
_NUMBER = re.compile(r"\(([0-9A-Za-z.-]+)\)\s+")
_WORD = re.compile(r"[^A-Za-z0-9]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def document(part: Part, item: Instrument) -> bytes:
    from ministry.reading.answers import page

    text = part.text(item.id)
    body = [section(one, text, at) for at, one in enumerate(provisions_of(item.place.file, text, item.id))
            if one.level > 1]  # fmt: skip
    start = (item.start or part.term.since.date()).isoformat()
    said = {
        "item": item,
        "body": body or [{"eid": "sec_1", "num": "", "heading": item.title, "subs": []}],
        "url": settings.URL,
        "work": f"/akn/writ/act/{start}/{item.id}",
        "expression": f"/akn/writ/act/{start}/{item.id}/eng@{part.term.since.date().isoformat()}",
        "start": start,
        "day": part.term.since.date().isoformat(),
        "edition": part.term.digest,
    }  # fmt: skip
    return page("akn.xml", said)


def section(one: Provision, text: str, at: int) -> dict[str, Any]:
    """A heading with its paragraphs; those that are numbered begin a subsection."""
    own = text[one.start : one.end].partition("\n")[2]
    label = one.label or ""
    eid = "sec_" + (_WORD.sub("-", label).strip("-") or f"x{at}")
    heading = one.title.removeprefix(label).strip() if label else one.title
    subs: list[dict[str, Any]] = []
    for paragraph in re.split(r"\n\s*\n", _FENCE.sub("", own)):
        words = _CONTROL.sub("", " ".join(paragraph.split()))
        if not words:
            continue
        number = _NUMBER.match(words)
        if number or not subs:
            num = number[1] if number else ""
            subs.append(
                {
                    "eid": f"{eid}__subsec_{_WORD.sub('-', num) or len(subs) + 1}",
                    "num": num,
                    "paragraphs": [],
                }
            )
        subs[-1]["paragraphs"].append(words[number.end() :] if number else words)
    return {
        "eid": f"{eid}-{at}" if not label else eid,
        "num": label,
        "heading": _CONTROL.sub("", heading),
        "numbered": any(sub["num"] for sub in subs),
        "subs": subs,
    }
