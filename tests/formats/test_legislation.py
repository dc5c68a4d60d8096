"""Legislation as a tree: Justice Canada's acts and regulations, and USLM."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.formats.legislation_samples import ACT, REGULATION, USLM, files, law
from writ.formats.legislation.importing import read_law, sources
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.links import terms
from writ.formats.legislation.model import Document
from writ.formats.legislation.text import head_of, history_of, number_of, text_of


def texts(document: Document) -> dict[str, str]:
    return {each.id: text_of(each) for each in document.walk()}


# --- small files


def test_an_act_is_provisions_with_stable_ids():
    found = texts(law(ACT))
    assert found["part_I"] == "PART I General"
    assert found["sec_1"] == "Gate-keeper 1"
    assert found["sec_1__subsec_1"] == (
        "(1) The keeper (gardien), under section 2 and section 12 of the Locks Act, may at any time."
    )
    assert found["sec_1__subsec_1__para_a"] == "(a) open a gate; or"
    assert found["sec_1__subsec_1__para_b__subpara_i"] == "(i) by hand"
    assert found["sec_2__def_crown__para_b"] == "(b) gold."
    assert found["sched_1"] == "SCHEDULE (Section 2) Rates & times Gate Toll North 1 | 2"


def test_what_stands_under_a_heading_is_in_it():
    act = law(ACT)
    body = next(each for each in act.walk() if each.kind == "body")
    assert [each.id for each in body.provisions()] == ["part_I", "part_II"]
    (keepers,) = next(body.provisions()).provisions()
    assert (keepers.kind, [each.id for each in keepers.provisions()]) == ("heading", ["sec_1"])


def test_an_act_has_its_titles_dates_and_citation():
    act = law(ACT)
    assert (act.key, act.kind, act.language) == ("act:G-1", "act", "en")
    assert (act.title, act.short_title) == ("An Act respecting gates", "Gates Act")
    assert act.citation == "S.C. 2001, c. 7"
    assert (act.enacted, act.in_force) == (dt.date(2001, 2, 3), dt.date(2002, 12, 31))
    assert act.version == dt.date(2024, 8, 19)
    section = next(each for each in act.walk() if each.id == "sec_1")
    days = (section.in_force, section.enacted, section.amended)
    assert days == (dt.date(2005, 6, 7), dt.date(2005, 1, 2), dt.date(2006, 1, 1))
    assert ("lims:fid", "11") in section.attributes
    assert history_of(section) == ("2001, c. 7, s. 1", "2005, c. 1, s. 9")
    assert head_of(section, "marginal") == "Gate-keeper"


def test_terms_are_found_in_both_languages():
    assert list(terms(law(ACT))) == [
        ("keeper", "DefinedTermEn", "sec_1__subsec_1"),
        ("gardien", "DefinedTermFr", "sec_1__subsec_1"),
        ("crown", "DefinedTermEn", "sec_2__def_crown"),
    ]


def test_references_keep_their_words_and_what_they_lead_to():
    inner, outer = law(ACT).links
    assert (inner.provision, inner.target, inner.label) == ("sec_1__subsec_1", "", "2")
    assert (outer.target, outer.label, outer.text) == ("act:L-3", "12", "Locks Act")


def test_the_enabling_provision_is_the_last_one_that_the_order_names():
    enabling = [each for each in law(REGULATION, "SOR-2010-5").links if each.kind == "enabling"]
    assert [(each.target, each.label) for each in enabling] == [("act:G-1", "1(1)")]


def test_an_element_without_a_meaning_is_kept_and_listed():
    act = law(ACT)
    assert [(each.name, each.count) for each in act.unusual] == [("Whistle", 1)]
    assert act.unusual[0].line == ACT[: ACT.index("<Whistle")].count("\n") + 1
    section = next(each for each in act.walk() if each.id == "sec_2")
    assert text_of(section) == "2 The toll is one crown. Unheard of."
    (block,) = [each for each in section.blocks() if each.kind == "other"]
    assert (block.name, block.attributes) == ("Whistle", (("tone", "low"),))


def test_labels_are_those_by_which_people_cite():
    assert labels_of(law(ACT)) == {
        "sec_1": "1",
        "sec_1__subsec_1": "1(1)",
        "sec_1__subsec_1__para_a": "1(1)(a)",
        "sec_1__subsec_1__para_b": "1(1)(b)",
        "sec_1__subsec_1__para_b__subpara_i": "1(1)(b)(i)",
        "sec_2": "2",
    }


def test_two_provisions_of_one_number_have_two_ids_and_one_label():
    again = ACT.replace("<Label>2</Label>", "<Label>1</Label>")
    act = law(again)
    ids = [each.id for each in act.walk() if each.kind == "section"]
    assert ids == ["sec_1", "sec_1-2"]
    assert [labels_of(act).get(id) for id in ids] == ["1", None]


def test_uslm_is_provisions_with_their_notes_and_terms():
    act = law(USLM, "COMPS-1")
    assert (act.format, act.title) == ("uslm", "GATES ACT OF 2001")
    assert (act.citation, act.enacted) == ("Public Law 107-7", dt.date(2001, 2, 3))
    found = texts(act)
    assert found["title_I"] == "TITLE I— KEEPERS"
    assert found["sec_101__subsec_a"] == "(a) In General.— The keeper may— at any time."
    assert labels_of(act)["sec_101__subsec_a__para_1"] == "101(a)(1)"
    assert [term for term, _, _ in terms(act)] == ["keeper"]


BILL = """<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><citableAs>116 HR 1</citableAs></meta>
<main><longTitle><docTitle>A BILL</docTitle></longTitle><resolvingClause>Resolved,</resolvingClause>
<section><num value="1">SEC. 1. </num><sidenote><p>42 USC 1</p></sidenote><heading>GATES.</heading>
<content>Strike <amendingAction type="delete">bar</amendingAction>.</content></section>
<appropriations level="major"><heading>Tolls</heading><content>For tolls, $1.</content></appropriations>
</main></bill>"""


def test_a_bill_waits_and_its_elements_have_a_meaning():
    bill = law(BILL, "B-1")
    assert (bill.unusual, bill.pending, bill.enacted) == ((), True, None)
    section = next(each for each in bill.walk() if each.kind == "section")
    # What stands beside the number does not keep the heading out of the head.
    assert head_of(section, "heading") == "GATES."
    assert {"appropriations"} < {each.kind for each in bill.walk()}


def test_a_public_law_was_enacted_when_it_says_that_it_was_approved():
    text = BILL.replace("bill", "pLaw")
    text = text.replace("</main>", "<action>Approved February 28, 2017.</action></main>")
    act = law(text, "P-1")
    assert (act.enacted, act.pending) == (dt.date(2017, 2, 28), False)


@pytest.mark.parametrize(
    ("number", "label"),
    [
        ("SEC. 3 .", "3"),
        ("Artículo 1º", "1"),
        ("Article 2 bis", "2bis"),
        ("Article IV.", "IV"),
        ("Artikel 3:48", "3.48"),
        ("Article Premier", ""),
        ("Article Va", ""),
    ],
)
def test_numbers_are_labels_as_their_country_prints_them(number: str, label: str):
    text = ACT.replace("<Label>2</Label>", f"<Label>{number}</Label>")
    labels = labels_of(law(text))
    assert (label in labels.values()) == bool(label)
    assert "2" not in labels.values()


def test_files_are_law_whatever_the_case_of_their_ending(tmp_path: Path):
    (tmp_path / "B.XML").write_text(ACT, "utf-8")
    assert [each.name for each in sources(tmp_path)] == ["B.XML"]


# --- the acts and regulations of Canada, read a second way

PROVISIONS = frozenset(
    {
        *("Identification", "Introduction", "Preamble", "Enacts", "Order", "Body", "Heading"),
        *(
            "Section",
            "Subsection",
            "Paragraph",
            "Subparagraph",
            "Clause",
            "Definition",
            "Provision",
        ),
        *("Schedule", "FormGroup", "List", "Item", "BilingualGroup", "RelatedOrNotInForce"),
        *("BillPiece", "RegulationPiece", "SectionPiece", "AmendedText", "ReadAsText"),
    }
)
INLINE = frozenset(
    {
        *("DefinedTermEn", "DefinedTermFr", "DefinitionRef", "XRefExternal", "XRefInternal", "Sup"),
        *("Sub", "Emphasis", "Language", "FootnoteRef", "Leader", "LeaderRightJustified"),
    }
)
ABOUT = frozenset(
    {
        *(
            "HistoricalNote",
            "RecentAmendments",
            "BillHistory",
            "Chapter",
            "BillNumber",
            "Parliament",
        ),
        *(
            "BillRefNumber",
            "RegnalYear",
            "InstrumentNumber",
            "RegistrationDate",
            "ConsolidationDate",
        ),
        *("EnablingAuthority", "RegulationMakerOrder"),
    }
)


WHOLE = frozenset({"TableGroup", "SignatureBlock"})
"""Kept as one, with the provisions in it."""


def own(element: ElementTree.Element, top: bool = True, whole: bool = False) -> str:
    """The text of an element without the provisions in it and what is only about it."""
    if not top and element.tag in ABOUT | (frozenset() if whole else PROVISIONS):
        return " "
    text = element.text or ""
    for child in element:
        if top and child.tag == "Heading":
            break  # what follows stands under the heading
        text += own(child, False, whole or child.tag in WHOLE) + (child.tail or "")
    return text if element.tag in INLINE else f" {text} "


def under(heading: ElementTree.Element, above: ElementTree.Element) -> str:
    """The text between a heading and the next provision or heading."""
    text = ""
    siblings = list(above)
    for each in siblings[siblings.index(heading) + 1 :]:
        if each.tag == "Heading":
            break
        text += own(each, False, each.tag in WHOLE)
    return text


def provisions(tree: ElementTree.Element) -> list[tuple[str, str]]:
    """Each provision of a file with its text."""
    above = {child: each for each in tree.iter() for child in each}
    inside = {child for each in tree.iter() if each.tag in WHOLE for child in each.iter()}
    found = []
    for each in tree.iter():
        if each.tag in PROVISIONS and each not in inside:
            text = own(each) + (under(each, above[each]) if each.tag == "Heading" else "")
            found.append((each.tag, " ".join(text.split())))
    return found


@cache
def canada() -> tuple[tuple[Path, Document], ...]:
    found = []
    for path in files("ca-defence-acts", "ca-history"):
        document, wrong = read_law(path)
        assert document is not None and wrong == [], path
        found.append((path, document))
    return tuple(found)


def test_every_provision_of_the_acts_and_regulations_has_its_text_in_order():
    counted = 0
    for path, document in canada():
        wanted = provisions(ElementTree.parse(path).getroot())
        found = [(each.name, text_of(each)) for each in document.walk()]
        assert found == wanted, path
        counted += len(found)
    assert counted > 17_000


def test_no_character_of_the_acts_and_regulations_is_lost():
    """Everything that is text anywhere in a file is text somewhere in the document."""

    def letters(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for each in getattr(value, "runs", ()) or ():
            yield from letters(each)
        for part in ("head", "body"):
            for each in getattr(value, part, ()) or ():
                yield from letters(each)

    for path, document in canada():
        wanted = Counter("".join("".join(ElementTree.parse(path).getroot().itertext()).split()))
        assert Counter("".join("".join(letters(document)).split())) == wanted, path


def test_the_dates_of_every_provision_are_those_of_the_source():
    lims = "{http://justice.gc.ca/lims}"
    for path, document in canada():
        wanted = Counter(
            (each.tag, each.get(f"{lims}inforce-start-date"), each.get(f"{lims}enacted-date"))
            for each in ElementTree.parse(path).getroot().iter()
            if each.tag in PROVISIONS and each.get(f"{lims}fid")
        )
        found = Counter(
            (each.name, each.in_force and str(each.in_force), each.enacted and str(each.enacted))
            for each in document.walk()
            if dict(each.attributes).get("lims:fid")
        )
        assert found == wanted, path


def test_identifiers_are_unique_and_outlive_an_amendment():
    versions: dict[str, list[set[str]]] = {}
    for path, document in canada():
        ids = [each.id for each in document.walk()]
        assert len(ids) == len(set(ids)), path
        if "ca-history" in path.parts:
            labels = labels_of(document)
            versions.setdefault(path.parent.name, []).append(
                {each.id for each in document.walk() if each.id in labels}
            )
    for name, (first, *rest) in versions.items():
        for later in rest:
            assert len(first & later) > 0.9 * len(first), name


def test_every_enabling_link_names_an_act():
    regulations = [each for _, each in canada() if each.kind == "regulation"]
    enabling = [[link for link in each.links if link.kind == "enabling"] for each in regulations]
    assert len(regulations) == 77 and all(enabling)
    made = {each.citation: links for each, links in zip(regulations, enabling, strict=True)}
    assert [link.label for link in made["SOR/2022-20"]] == ["17(1)"]  # the declaration
    assert [link.label for link in made["SOR/2022-21"]] == ["19(1)"]  # its measures
    assert [link.target for link in made["SOR/2011-51"]] == ["act:S-14.5", "act:U-2"]


def test_definitions_of_an_act_are_found_in_both_languages():
    act = next(each for path, each in canada() if path.name == "C-23.xml")
    found = {(term, element) for term, element, _ in terms(act)}
    assert {("Director", "DefinedTermEn"), ("directeur", "DefinedTermFr")} <= found


@pytest.mark.parametrize("name", ["COMPS-8188", "COMPS-1088", "COMPS-13731", "COMPS-10510"])
def test_every_word_of_a_compilation_of_the_united_states_is_there_in_order(name: str):
    (path,) = files("us-uslm", pattern=f"{name}.xml")
    document, wrong = read_law(path)
    assert document is not None and wrong == []

    def words(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for part in ("head", "runs", "body"):
            for each in getattr(value, part, ()) or ():
                yield from words(each)

    wanted = "".join("".join(ElementTree.parse(path).getroot().itertext()).split())
    assert "".join("".join(words(document)).split()) == wanted
    sections = [each for each in document.walk() if each.kind == "section"]
    assert sum(number_of(each) != "" for each in sections) > 0.9 * len(sections) > 0
