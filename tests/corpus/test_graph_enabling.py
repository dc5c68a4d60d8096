"""Under which provisions a regulation was made: what its words say, what became of it, and that nothing is left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.command import Run
from tests.formats.legislation_samples import LAW, REGULATION, law
from writ.book.load import load_book
from writ.corpus.graph.analysis import analysed
from writ.corpus.graph.building import build
from writ.corpus.graph.imported import read
from writ.corpus.graph.model import Graph
from writ.formats.legislation.enabling import Basis, basis, labels_in
from writ.formats.legislation.importing import import_law
from writ.formats.legislation.sidecar import SUFFIX, decoded


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("subsections 4(1) to (3)", "4(1) 4(2) 4(3)"),
        ("subsections 4(1), (1.1), (2) and (3)", "4(1) 4(1.1) 4(2) 4(3)"),
        ("paragraph 4(1)(b) and subsection 4(1.1)", "4(1)(b) 4(1.1)"),
        ("paragraphs 4(1)(a) and (b)", "4(1)(a) 4(1)(b)"),
        ("paragraph 4(1)(a) and subsections 4(1.1), (2) and (3)", "4(1)(a) 4(1.1) 4(2) 4(3)"),
        ("sections 26 to 29", "26 27 28 29"),
        ("section 29.26", "29.26"),
        ("subsection 207(1) and section 211.82", "207(1) 211.82"),
        ("sections 1 to 999999999", "1 999999999"),
    ],
)
def test_an_enumeration_is_read_as_people_mean_it(words: str, labels: str):
    assert labels_in(words) == tuple(labels.split())


def made(order: str, **other: str) -> Basis:
    """The basis of a regulation whose order has these words; `G` is the Gates Act."""
    act = '<XRefExternal reference-type="act" link="G-1">Gates Act</XRefExternal>'
    old = REGULATION[REGULATION.index("Whereas") : REGULATION.index("</Text></Provision></Order>")]
    text = REGULATION.replace(old, order.replace("G", act))
    for before, after in other.items():
        text = text.replace(before.replace("_", " "), after)
    return basis(law(text, "SOR-2010-5"), "act:G-1", "GATES ACT")


def test_the_words_after_the_recitals_count():
    found = made(
        "Whereas under section 9 of the G it is so; Therefore, pursuant to subsection 1(1) of the G, it is made."
    )
    assert (found.labels, found.words, found.reason) == (("1(1)",), "subsection 1(1)", "")


def test_what_it_revokes_something_under_is_no_authority():
    found = made(
        "It is hereby, pursuant to section 12 of the G, to revoke the Old Rules and, pursuant to section 2 of the said"
        " Act, to make the annexed."
    )
    assert found.labels == ("2",)


def test_what_the_order_goes_on_to_enact_is_no_authority():
    found = made(
        "Therefore, under section 1 of the G, we declare an opening; and specify measures under section 2 of the G."
    )
    assert found.labels == ("1",)


def test_an_act_may_be_named_without_a_reference():
    assert made("Therefore, pursuant to section 2 of the Gates  Act, it is made.").labels == ("2",)
    assert made("Therefore, pursuant to section 2 of the Doors Act, it is made.").labels == ()


def test_without_words_the_reason_is_said():
    assert (
        made("The keeper makes the annexed.").reason
        == "the words by which it was made name no provision of it"
    )
    assert made("").reason == "its file has no words by which it was made"


# --- the regulations of Canada


@cache
def canada() -> tuple[dict[str, Basis], dict[str, bytes]]:
    """Each enabling link by file and act; and the files of the book."""
    if not (LAW / "ca-defence-acts").exists():
        pytest.skip(f"the legislation is not here: {LAW}")
    files, made = import_law(LAW / "ca-defence-acts", "law")
    found = {}
    for entry in made.entries:
        sidecar = decoded(files[f"{entry.id}{SUFFIX}"])
        links = [link for link in entry.links if link.kind == "enabling"]
        assert len(sidecar.enabling) == len(links), entry.id
        for one in sidecar.enabling:
            found[f"{Path(entry.file).stem} {one.target}"] = one
    return found, files


def test_every_enabling_link_is_resolved_or_has_its_reason():
    found, _ = canada()
    assert len(found) == 78
    assert all(bool(one.found) != bool(one.reason) for one in found.values())
    table = Counter(
        "resolved"
        if one.found
        else "outside, provision named"
        if not one.instrument and one.labels
        else "outside"
        if not one.instrument
        else "repealed"
        if "is repealed" in one.reason
        else "provision gone"
        for one in found.values()
    )
    assert table == {
        "resolved": 29,
        "outside, provision named": 20,
        "outside": 5,
        "repealed": 23,
        "provision gone": 1,
    }
    outside = Counter(one.target for one in found.values() if not one.instrument)
    assert outside == {"act:N-5": 24, "act:U-2": 1}


@pytest.mark.parametrize(
    ("link", "words", "found"),
    [
        ("SOR-2007-285 act:S-14.5", "subsections 4(1) to (3)", "4(1) 4(2) 4(3)"),
        (
            "SOR-2024-17 act:S-14.5",
            "paragraph 4(1)(a) and subsections 4(1.1), (2) and (3)",
            "4(1)(a) 4(1.1) 4(2) 4(3)",
        ),
        ("SOR-2022-20 act:E-4.5", "subsection 17(1)", "17(1)"),
        ("SOR-2025-61 act:S-14.5", "subsection 4(5)", "4(5)"),
        ("C.R.C.,_c._1245 act:O-5", "prohibited place within the meaning of the act", "2(1)"),
    ],
)
def test_the_words_lead_to_provisions_of_the_act(link: str, words: str, found: str):
    one = canada()[0][link]
    assert (one.words, one.found) == (words, tuple(found.split()))


@pytest.mark.parametrize(
    ("link", "labels", "reason"),
    [
        ("SI-88-129 act:N-5", "31(1)(b)", "the act is not among what was imported"),
        ("C.R.C.,_c._1046 act:N-5", "224", "the act is not among what was imported"),
        ("SOR-86-957 act:N-5", "231.1", "the act is not among what was imported"),
        ("SOR-86-959 act:N-5", "207(1) 211.82", "the act is not among what was imported"),
        (
            "SOR-86-345 act:D-1",
            "26",
            "it has no provision 26 as it stands: 26 to 29 [Repealed, 2000, c. 31, s. 2]",
        ),
        (
            "SOR-2023-110 act:S-14.5",
            "",
            "the document is repealed, and its file has no longer the words by which it was made",
        ),
    ],
)
def test_what_is_not_resolved_says_why(link: str, labels: str, reason: str):
    one = canada()[0][link]
    assert (one.labels, one.found, one.reason) == (tuple(labels.split()), (), reason)


@cache
def graph(folder: Path) -> Graph:
    return build(load_book(folder)[0], dt.date(2025, 8, 1))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canada")
    for name, data in canada()[1].items():
        (folder / name).write_bytes(data)
    return folder


def test_the_graph_has_every_enabling_link(imported: Path):
    made = graph(imported)
    under = [each for each in made.edges if each.kind == "under"]
    resolved = {each.source for each in under if not each.unresolved}
    assert len({(each.source, each.target.partition("/")[0]) for each in under}) == 78
    assert (len(resolved), sum(bool(each.unresolved) for each in under)) == (29, 49)
    assert not any("unresolved-authority" in id for id in made.nodes)
    assert made.nodes["outside:act:N-5"].label == "National Defence Act"
    order = "instrument:special-economic-measures-haiti-regulations"
    labels = {each.target.rpartition("/")[2] for each in under if each.source == order}
    assert labels == {"4(1)", "4(1.1)", "4(2)", "4(3)"}
    point = analysed(made).points[0]
    assert (point.node, point.instruments) == ("provision:special-economic-measures-act/4", 22)


def test_references_out_of_the_book_are_marked(imported: Path):
    made = graph(imported)
    cites = [each for each in made.edges if each.kind == "cites"]
    out = [each for each in cites if each.unresolved]
    assert all(made.nodes[each.target].kind == "outside" for each in out)
    assert all(made.nodes[each.target].kind != "outside" for each in cites if not each.unresolved)
    assert len(out) > 900 and len(cites) - len(out) > 300


def test_what_a_person_writes_under_holds(imported: Path, tmp_path: Path):
    file = imported / "technical-data-control-regulations.md"
    text = file.read_text("utf-8")
    assert "under: unresolved-authority" in text
    side = imported / f"{file.stem}{SUFFIX}"
    for name, data in canada()[1].items():
        (tmp_path / name).write_bytes(data)
    lines = [
        "under: defence-production-act 43" if line.startswith("under:") else line
        for line in text.splitlines()
    ]
    (tmp_path / file.name).write_text("\n".join(lines), "utf-8")
    made = build(load_book(tmp_path)[0], dt.date(2025, 8, 1))
    own = [each for each in made.edges if each.kind == "under" and each.source.endswith(file.stem)]
    assert [(each.target, each.unresolved) for each in own] == [
        ("provision:defence-production-act/43", "")
    ]
    assert side.exists() and read(str(tmp_path), "nothing.md") is None


def test_the_command_lists_what_is_not_resolved(run: Run, imported: Path):
    ran = run("graph", imported, "--at", "2025-08-01")
    assert ran.status == 0 and "Not resolved (49)" in ran.out
    assert "under National Defence Act, the act is not among what was imported (24)" in ran.out
    assert "canadian-forces-dental-treatment-by-civilians-regulations.md:1" in ran.out


def test_a_damaged_sidecar_is_no_end_of_the_graph(imported: Path, tmp_path: Path):
    for name in ("emergency-measures-regulations", "emergencies-act"):
        (tmp_path / f"{name}.md").write_bytes(canada()[1][f"{name}.md"])
        (tmp_path / f"{name}{SUFFIX}").write_bytes(b"\xff{" if name == "emergencies-act" else b"[]")
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    made = build(load_book(tmp_path)[0], dt.date(2025, 8, 1))
    assert ("instrument:emergency-measures-regulations", "provision:emergencies-act/19(1)") in {
        (each.source, each.target) for each in made.edges if each.kind == "under"
    }
