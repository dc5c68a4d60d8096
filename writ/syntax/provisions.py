"""The provision that a heading names: `17(1)` of `## 17(1) Declaration`."""

from __future__ import annotations

import re

# A word before the label, as statutes and treaties print it.
_BEFORE = (
    r"(?:(?:ss?|sec|art|arts|reg|para)\.|section|article|regulation|rule|paragraph|§§?)[ \t\u00a0]*"
)
_REST = r"(?:[.-][A-Za-z0-9]+|\([A-Za-z0-9.-]+\))"
_LABEL = rf"""
    (?: \d+[A-Za-z]*{_REST}*
      | (?=[A-Za-z-]*[0-9(.])[A-Z][A-Za-z0-9]*{_REST}+
      | (?=[IVXLCDM])M{{0,3}}(?:CM|CD|D?C{{0,3}})(?:XC|XL|L?X{{0,3}})(?:IX|IV|V?I{{0,3}})
      | [A-Z]\d+[A-Za-z]*
    )"""
_AFTER = r"(?=[.:,)]*(?:[ \t\u00a0—–]|$))"
_PLAIN = re.compile(rf"({_LABEL}){_AFTER}", re.VERBOSE)
_PREFIXED = re.compile(rf"(?i:{_BEFORE})({_LABEL}|[A-Z][A-Za-z0-9]*){_AFTER}", re.VERBOSE)
_NO_LABEL = re.compile(r"\d*(?:1st|2nd|3rd|\dth)\b|\d{4}-\d\d-\d\d\b")


def label_of(title: str) -> str:
    """The label with which a heading begins, or nothing.

    A word with a capital is a label only with figures or parts (`A1`, `II.2`), as a Roman numeral, or after `Art.` and
    the like: `Declaration of war` is no provision, and `By-law` neither.
    """
    title = title.lstrip("*_ \t")
    first = title[:1]
    if first.isdigit() or first.isupper():
        match = _PLAIN.match(title)
        if match is not None and not _NO_LABEL.match(title):
            return match[1]
    match = _PREFIXED.match(title)
    return match[1] if match is not None else ""
