"""`writ suggest`: norms that a text may contain, with their evidence, for a person to accept. It writes nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from writ.cli.entry import refuse
from writ.cli.parser import FILE, completed

if TYPE_CHECKING:
    from writ.drafting.blocks import Draft
    from writ.drafting.naming import Lexicon
    from writ.drafting.proposals import Proposal

FORMATS = ("text", "json")
_ENGLISH = "the rules that propose norms read English only"


class Text(NamedTuple):
    """A file that is read: its text, its instrument in a book, and the provisions of it that have norms."""

    path: str
    text: str
    instrument: str = ""
    done: frozenset[str] = frozenset()


class Suggested(NamedTuple):
    """A proposal, where it is, and its draft."""

    source: Text
    line: int
    proposal: Proposal
    draft: Draft


def configure(parser: argparse.ArgumentParser) -> None:
    from writ.drafting import SMALLEST

    source = parser.add_argument(
        "source",
        metavar="BOOK|FILE",
        help="the folder of a book, an instrument, or a text in UTF-8",
    )
    completed(source, FILE)
    parser.add_argument(
        "--provision", metavar="LABEL", help="this provision and what stands beneath it"
    )
    least = f"the least confidence that is shown, 0 to 1 (default: {SMALLEST})"
    parser.add_argument("--min", type=_share, default=SMALLEST, metavar="CONFIDENCE", help=least)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the same as --format json")
    forms.add_argument("--format", choices=FORMATS, default="text", help="text or json")


def run(args: argparse.Namespace) -> int:
    from writ.drafting.language import is_english

    texts, lexicon = _texts(Path(args.source))
    foreign = [each.path for each in texts if not is_english(each.text)]
    if len(foreign) == len(texts):
        refuse(f"`{foreign[0]}` is not English" if foreign else "the book has no text", _ENGLISH)
    texts = [each for each in texts if each.path not in foreign]
    found, done = _suggested(texts, lexicon, args.provision or "", args.min)
    for path in foreign:
        print(f"writ: `{path}` is left out: it is not English", file=sys.stderr)
    if args.json or args.format == "json":
        from writ.cli.printing import print_json

        print_json(
            {"source": args.source, "already": done, "proposals": [_data(each) for each in found]}
        )
        return 0
    from writ.formats.paint import paint_for

    paint = paint_for(sys.stdout)
    for each in found:
        print("\n".join(_lines(each, paint)), end="\n\n")
    left = f"; {done} left out: their provisions have norms" if done else ""
    count = f"{len(found)} proposal{'' if len(found) == 1 else 's'}"
    print(f"{count}, none of them a norm until somebody writes it into the book{left}")
    return 0


def _suggested(
    texts: list[Text], lexicon: Lexicon, provision: str, smallest: float
) -> tuple[list[Suggested], int]:
    """The proposals in the order of the texts, and how many were left out because norms are there."""
    from writ.drafting.blocks import Drafter
    from writ.drafting.proposals import propose

    shown: list[Suggested] = []
    done = 0
    seen = not provision
    for source in texts:
        proposals = propose(source.text, smallest)
        drafter = Drafter(lexicon, frozenset(each.label for each in proposals) | source.done)
        for number, each in enumerate(proposals, start=1):
            if provision and not _beneath(each.label, provision):
                continue
            seen = True
            if each.label in source.done:
                done += 1
                continue
            line = source.text.count("\n", 0, each.span.start) + 1
            shown.append(Suggested(source, line, each, drafter.draft(each, number)))
    if not seen:
        refuse(f"nothing is proposed for a provision `{provision}`", "a lower `--min` shows more")
    return shown, done


def _beneath(label: str, provision: str) -> bool:
    return label == provision or label.startswith((f"{provision}.", f"{provision}("))


def _texts(path: Path) -> tuple[list[Text], Lexicon]:
    from writ.drafting.naming import Lexicon
    from writ.drafting.proposals import NOTHING

    if not path.is_dir():
        return [Text(str(path), _read(path))], NOTHING
    from writ.cli.opening import sound

    book = sound(str(path))
    words = book.vocabulary
    lexicon = Lexicon(
        {name: each.description for name, each in words.actors.items()},
        {name: each.description for name, each in words.acts.items()},
        {
            *words.things,
            *words.states,
            *words.events,
            *words.kinds,
            *words.attributes,
            *words.definitions,
        },
    )
    texts = [
        Text(
            one.place.file,
            book.sources[one.place.file].text,
            id,
            frozenset(norm.label for norm in book.norms if norm.instrument == id),
        )
        for id, one in book.instruments.items()
    ]
    return texts, lexicon


def _read(path: Path) -> str:
    from writ.book.load import read_file
    from writ.syntax.limits import MAX_BYTES

    try:
        data = read_file(str(path))
        if len(data) > MAX_BYTES:
            refuse(f"`{path}` has more than {MAX_BYTES >> 20} MB", "give it in parts")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(f"`{path}` is not a text in UTF-8", "convert it, and try again")
    except OSError as error:
        refuse(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")


def _data(one: Suggested) -> dict[str, Any]:
    proposal, draft = one.proposal, one.draft
    return {
        "file": one.source.path,
        "instrument": one.source.instrument,
        "provision": proposal.label,
        "line": one.line,
        "kind": proposal.kind,
        "modality": proposal.form,
        "bearer": {
            "text": proposal.bearer,
            "start": proposal.bearer_span.start,
            "end": proposal.bearer_span.end,
            "holder": proposal.holder,
        },
        "act": proposal.act,
        "clauses": [
            {"clause": each.sort, "value": each.value, "phrase": each.phrase}
            for each in proposal.clauses
        ],
        "quote": proposal.quote,
        "start": proposal.span.start,
        "end": proposal.span.end,
        "confidence": proposal.confidence,
        "duty": proposal.duty,
        "reasons": list(proposal.reasons),
        "declarations": [
            {"sort": sort, "name": name, "description": words}
            for sort, name, words in draft.declarations
        ],
        "block": draft.block,
        "notes": list(draft.notes),
    }


def _lines(one: Suggested, paint: Any) -> Iterator[str]:
    from writ.cli.printing import wrapped
    from writ.formats.paint import visible

    proposal, draft = one.proposal, one.draft
    label = proposal.label or f"line {one.line}"
    place = f"{one.source.path}:{one.line}"
    yield f"{paint.strong(label)}  {proposal.kind}  {proposal.confidence:.2f}  {paint.faint(place)}"
    yield wrapped(visible(f"“{proposal.quote}”"), 2)
    yield wrapped(visible("because " + "; ".join(proposal.reasons)), 2)
    yield from (wrapped(visible(f"note: {each}"), 2) for each in draft.notes)
    yield ""
    yield from (f"    {visible(line)}".rstrip() for line in draft.block.splitlines())


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no share; write it as 0.8")
    return share
