"""A catalogue, and profiles of it, as a book: controls become provisions, and nothing becomes a norm.

The law above them is as small as it can be: a mandate that lets the publisher issue catalogues, and in the catalogue a
provision that lets profiles be adopted.
"""

from __future__ import annotations

import datetime as dt
import json
import re

import msgspec

from writ.diagnostics import Diagnostic
from writ.formats.oscal.codes import finding
from writ.formats.oscal.prose import Words, said
from writ.formats.oscal.provisions import provisions
from writ.formats.oscal.reading import Document
from writ.formats.oscal.resolution import resolve
from writ.formats.oscal.selection import Data, controls_of
from writ.formats.oscal.sources import Sources

BESIDE = ".oscal.json"
"""How the file ends that holds the data of an instrument beside its Markdown; the compiler does not read it."""
START = dt.date(2000, 1, 1)
MAX_LISTED = 20
"""Links that lead nowhere, one by one; then only how many."""


def bring(
    documents: list[Document], name: str, sources: Sources, title: str = ""
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The files of a book by path, and what is to be said about them. No files where a profile cannot be resolved."""
    catalogs = [one for one in documents if one.kind == "catalog"]
    profiles = [one for one in documents if one.kind == "profile"]
    found: list[Diagnostic] = []
    names = _names([*catalogs, *profiles])
    publisher = next((_publisher(one.data) for one in [*catalogs, *profiles]), "")
    start = min(_day(one.data) for one in [*catalogs, *profiles])
    whole = title or str((catalogs or profiles)[0].data["metadata"]["title"])
    files = {
        "book.md": _front(book=name, title=whole) + f"\n# {said(whole)}\n\n{_PREFACE}",
        "mandate.md": _mandate(publisher, start) + ("" if catalogs else _PROFILES),
    }
    for document, id in zip(catalogs, names, strict=False):
        text, missing = catalogue(document, id)
        files[f"{id}.md"] = text
        files[f"{id}{BESIDE}"] = kept(document)
        found += _listed(missing, document.file)
    for document, id in zip(profiles, names[len(catalogs) :], strict=True):
        resolved, wrong = resolve(document, sources)
        found += wrong
        if resolved is None:
            return {}, found
        above = names[0] if catalogs else "mandate"
        files[f"{id}.md"] = _profile(document, resolved.data, id, above)
        files[f"{id}{BESIDE}"] = kept(document)
    return files, found


def _names(documents: list[Document]) -> list[str]:
    """An id for each instrument, out of its title."""
    used, found = {"mandate", "book"}, []
    for document in documents:
        words = re.sub(r"[^a-z0-9]+", "-", str(document.data["metadata"]["title"]).lower())
        words = re.sub(r"^[^a-z]+", "", words).strip("-")
        base = words if len(words) <= 48 else words[:49].rpartition("-")[0] or words[:48]
        base = base or document.kind
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name)
        found.append(name)
    return found


def kept(document: Document) -> str:
    """The data of a document, and which form they came in, for the file beside the Markdown."""
    whole = {
        "form": document.form,
        "beside": dict(document.beside),
        document.kind: document.data,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode("utf-8") + "\n"


def catalogue(document: Document, id: str) -> tuple[str, list[str]]:
    """The Markdown of a catalogue, and what its links name that is not there."""
    missing: dict[str, None] = {}
    words = Words(document.data, missing.setdefault)
    metadata = document.data["metadata"]
    front = _instrument(id, metadata, "policy", "mandate 1", _day(document.data))
    parts = [front, f"# {said(metadata['title'])}", _ADOPTION]
    parts += provisions(document.data, words)
    return "\n\n".join(parts) + "\n", list(missing)


def _profile(document: Document, resolved: Data, id: str, above: str) -> str:
    """The Markdown of a profile: which controls it selects, and the values it gives to their parameters."""
    metadata = document.data["metadata"]
    missing: dict[str, None] = {}
    words = Words(resolved, missing.setdefault)
    under = f"{above} 0" if above != "mandate" else "mandate 2"
    parts = [
        _instrument(id, metadata, "directive", under, _day(document.data)),
        f"# {said(metadata['title'])}",
    ]
    chosen = [control for control, _ in controls_of(resolved)]
    number = f"{len(chosen)} control{'' if len(chosen) == 1 else 's'}"
    parts.append(f"This profile selects {number}.")
    for control in chosen:
        parts.append(f"## {words.labels[control['id']]} {said(control['title'])}")
        parts.append(f"Selected: `{control['id']}`.")
        for param in control.get("params", ()):
            if param.get("values"):
                parts.append(f"Parameter `{param['id']}`: {said(', '.join(param['values']))}")
    return "\n\n".join(parts) + "\n"


def _publisher(data: Data) -> str:
    """The party that issues, by its role, or the first."""
    parties = data["metadata"].get("parties", ())
    named = {one.get("uuid"): one.get("name", "") for one in parties}
    for role in ("creator", "publisher", "author", "contact"):
        for one in data["metadata"].get("responsible-parties", ()):
            if one.get("role-id") == role:
                for uuid in one.get("party-uuids", ()):
                    if named.get(uuid):
                        return str(named[uuid])
    return next(filter(None, named.values()), "The publisher")


def _day(data: Data) -> dt.date:
    """The day on which it was published or last changed."""
    metadata = data["metadata"]
    for name in ("published", "last-modified"):
        try:
            return dt.date.fromisoformat(str(metadata.get(name, ""))[:10])
        except ValueError:
            continue
    return START


def _listed(missing: list[str], file: str) -> list[Diagnostic]:
    found = [finding("X407", f"{what}, is not there", file) for what in missing[:MAX_LISTED]]
    if len(missing) > MAX_LISTED:
        found.append(finding("X407", f"and {len(missing) - MAX_LISTED} more", file))
    return found


def _instrument(id: str, metadata: Data, kind: str, under: str, start: dt.date) -> str:
    title = " ".join(str(metadata["title"]).split())
    version = str(metadata.get("version", ""))
    return _front(
        id=id,
        title=title,
        kind=kind,
        citation=f"{title}, version {version}" if version else title,
        **{"cite-as": "{}", "enacted-by": "publisher", "under": under},
        **{"enacted": start, "in-force": start},
    ).rstrip("\n")


def _front(**values: object) -> str:
    """Front matter; a text is written as JSON writes it, which is YAML too."""
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False) if key in _QUOTED else value}"
        for key, value in values.items()
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


_QUOTED = ("title", "citation", "cite-as")


def _mandate(publisher: str, start: dt.date) -> str:
    name = re.sub(r'["\\\s]+', " ", publisher).strip()[:200] or "The publisher"
    front = _front(
        id="mandate",
        title="Mandate of the publisher",
        kind="statute",
        **{"cite-as": "Mandate {}"},
        top="true",
        **{"in-force": start},
    )
    return f"{front}\n{_MANDATE.replace('NAME', name)}"


_PREFACE = """\
Made out of OSCAL. Each control is a provision whose label is its id in capitals; its text is for people. The data stand
beside the Markdown, in the files that end with `.oscal.json`; `writ export oscal` gives them back.
"""
_MANDATE = """# Mandate of the publisher

## 1 Catalogues

The publisher may issue catalogues of controls.

```writ
body publisher "NAME"

act issue-catalogue "issue a catalogue of controls"
  reserved

act adopt-profile "select controls of catalogues, with values for their parameters"
  reserved

power
  publisher may issue-catalogue
  enabling adopt-profile
```
"""
_PROFILES = """
## 2 Profiles

The publisher may adopt profiles of catalogues.

```writ
power
  publisher may adopt-profile
```
"""
_ADOPTION = """## 0 Profiles

Profiles of this catalogue select controls and give values to their parameters.

```writ
power
  publisher may adopt-profile
```"""
