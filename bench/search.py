"""Searching 100,000 provisions: milliseconds of processor time for a query, beside peers in the same run.

The acts of Canada in `../shared/data/law` under other numbers, until their index has 100,000 rows. Of each query the
total is counted, and the first ten are shown with excerpts; we count facets besides. Queries take turns: one round of
all of them by each engine, then the next. Peers are measured where they can be imported:

    PYTHONPATH=DIR/lib/python3.11/site-packages python -m bench.search    # DIR: an environment with tantivy and whoosh
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bench.legislation
from writ.book.cache import load_cached
from writ.corpus.search.answer import ask
from writ.corpus.search.index import Index, open_index
from writ.corpus.search.query import parse
from writ.corpus.stats import stats_of
from writ.formats.legislation.importing import import_law

ROWS = 100_000
PROVISIONS = 222_000
"""Provisions and paragraphs of the source that come to so many headed provisions."""
ROUNDS = 15
COMMON = ("minister", "person", "information", "act", "section", "order or regulation")
SEVERAL = (
    "minister emergency",
    "public order emergency",
    "governor in council",
    "declaration of a public order emergency",
    "foreign intelligence warrant judge",
    "compensation for loss or injury",
    "duties of the deputy minister",
)
RARE = ("conscription", "internment", "detention", "espionage", "sabotage", "lockout")
QUESTIONS = (
    "What must the Governor in Council do before a declaration is continued?",
    "Who may disclose special operational information to a foreign entity?",
    "When does the Minister report to Parliament?",
)
STRUCTURE = (
    '"public order emergency"',
    "emerg* NEAR/5 declar*",
    "minister in:emergencies-act-3",
    "in-force:2010 detention",
    "cites:17 declaration",
    "defines:emergency",
    "s. 17(1)",
    "emergency NOT minister",
    "emergncy",
)
ROW = "{:<24} {:>7} {:>9} {:>9} {:>9}"


def main() -> None:
    if not bench.legislation.LAW.is_dir():
        print("no ../shared/data/law here", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "book"
        folder.mkdir()
        _corpus(Path(scratch), folder)
        index = _built(folder)
        _measured(index, Path(scratch))
        _stats(folder, index)
        _whole(folder)


def _corpus(scratch: Path, folder: Path) -> None:
    sources = scratch / "xml"
    sources.mkdir()
    bench.legislation.PROVISIONS = PROVISIONS
    bench.legislation._repeated(sources)
    files, made = import_law(sources, "law")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    print(f"{len(made.entries)} acts of {made.provisions:,} provisions and paragraphs")


def _built(folder: Path) -> Index:
    """The index made, then opened, then renewed after an edit of one file."""
    load_cached(folder)
    begun = time.process_time()
    index = open_index(folder)
    rows = index.connection.execute("SELECT count(*) FROM row").fetchone()[0]
    assert rows >= ROWS
    print(f"{rows:,} rows indexed in {time.process_time() - begun:.1f} s of processor time")
    begun = time.process_time()
    open_index(folder)
    print(f"opened again in {time.process_time() - begun:.3f} s, every text read and hashed")
    one = folder / "emergencies-act-3.md"
    one.write_text(one.read_text("utf-8") + "\n\nOne line more.\n", "utf-8")
    load_cached(folder)
    begun = time.process_time()
    index = open_index(folder)
    print(f"renewed after an edit of one file in {time.process_time() - begun:.3f} s\n")
    return index


def _measured(index: Index, scratch: Path) -> None:
    groups = {
        "common words": COMMON,
        "several words": SEVERAL,
        "rare words": RARE,
        "questions": QUESTIONS,
        "structure, phrases": STRUCTURE,
    }
    engines: dict[str, Callable[[str], object]] = {
        "writ": lambda query: ask(index, parse(query), 10, facets=True)
    }
    for name, make in (("tantivy", _tantivy), ("whoosh", _whoosh)):
        if find_spec(name):
            begun = time.process_time()
            engines[f"{name} {_version(name)}"] = make(index, scratch)
            print(f"{name}: indexed in {time.process_time() - begun:.1f} s")
        else:
            print(f"{name}: not installed here")
    taken: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, run in engines.items():
            for group, queries in groups.items():
                if group == "structure, phrases" and name != "writ":
                    continue
                for query in queries:
                    begun = time.process_time()
                    run(query)
                    taken.setdefault((group, name), []).append(time.process_time() - begun)
    print(ROW.format("milliseconds", "runs", "median", "p95", "worst"))
    for group in groups:
        print(group)
        for name in engines:
            if times := sorted(taken.get((group, name), ())):
                _row(f"  {name}", times)
    everything = sorted(
        one for (_, name), times in taken.items() if name == "writ" for one in times
    )
    _row("writ, all of them", everything)


def _row(name: str, times: list[float]) -> None:
    ms = [f"{1000 * times[at]:.1f}" for at in (len(times) // 2, int(0.95 * len(times)), -1)]
    print(ROW.format(name, len(times), *ms), flush=True)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _bodies(index: Index) -> list[tuple[str, str]]:
    sql = "SELECT heading, text FROM body ORDER BY id"
    return [(heading, text) for heading, text in index.connection.execute(sql)]


def _words(query: str) -> str:
    return " ".join(re.findall(r"\w+", query.lower()))


def _tantivy(index: Index, scratch: Path) -> Callable[[str], object]:
    """Heading and text with English stemming, any of the words; ten hits, their excerpts, and the count."""
    import tantivy  # type: ignore[import-not-found]

    builder = tantivy.SchemaBuilder()
    for field in ("heading", "text"):
        builder.add_text_field(field, stored=True, tokenizer_name="en_stem")
    schema = builder.build()
    (scratch / "tantivy").mkdir()
    made = tantivy.Index(schema, path=str(scratch / "tantivy"))
    writer = made.writer(heap_size=200_000_000, num_threads=1)
    for heading, text in _bodies(index):
        writer.add_document(tantivy.Document(heading=heading, text=text))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()

    def run(query: str) -> object:
        asked = made.parse_query(
            _words(query), ["heading", "text"], field_boosts={"heading": 6.0, "text": 1.0}
        )
        found = searcher.search(asked, 10, count=True)
        maker = tantivy.SnippetGenerator.create(searcher, asked, schema, "text")
        return [maker.snippet_from_doc(searcher.doc(place)).fragment() for _, place in found.hits]

    return run


def _whoosh(index: Index, scratch: Path) -> Callable[[str], object]:
    """The same in pure Python."""
    from whoosh import fields, qparser  # type: ignore[import-not-found]
    from whoosh import index as indexes
    from whoosh.analysis import StemmingAnalyzer  # type: ignore[import-not-found]

    schema = fields.Schema(
        heading=fields.TEXT(stored=True, analyzer=StemmingAnalyzer(), field_boost=6.0),
        text=fields.TEXT(stored=True, analyzer=StemmingAnalyzer()),
    )
    (scratch / "whoosh").mkdir()
    made = indexes.create_in(str(scratch / "whoosh"), schema)
    writer = made.writer(limitmb=256)
    for heading, text in _bodies(index):
        writer.add_document(heading=heading, text=text)
    writer.commit()
    searcher: Any = made.searcher()
    parser = qparser.MultifieldParser(["heading", "text"], schema, group=qparser.OrGroup)

    def run(query: str) -> object:
        found = searcher.search(parser.parse(_words(query)), limit=10)
        return len(found), [hit.highlights("text") for hit in found]

    return run


def _stats(folder: Path, index: Index) -> None:
    begun = time.process_time()
    book, found = load_cached(folder)
    stats_of(book, index, found)
    print(
        f"\nwrit stats, book from the cache: {time.process_time() - begun:.2f} s of processor time"
    )


def _whole(folder: Path) -> None:
    """The commands as a person runs them, and grep over the same files."""
    for words in (
        [sys.executable, "-m", "writ", "search", str(folder), "public order emergency"],
        [sys.executable, "-m", "writ", "search", str(folder), "minister", "--facets"],
        [sys.executable, "-m", "writ", "search", str(folder), "conscription"],
        [sys.executable, "-m", "writ", "stats", str(folder)],
        ["grep", "-rilE", "--include=*.md", "public order emergency", str(folder)],
    ):
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run(words, capture_output=True, check=False)
            times.append(time.perf_counter() - begun)
        said = " ".join(Path(each).name if "/" in each else each for each in words)
        print(f"{sorted(times)[2]:.2f} s on the clock (middle of 5): {said}")


if __name__ == "__main__":
    main()
