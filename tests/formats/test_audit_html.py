"""The page of an audit: one file that loads nothing, says everything in text, and stays small."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from tests.journal.audits import BAD, emergency, empty, hostile, hours, lawful, many
from writ.diagnostics import Diagnostic, Severity, Span
from writ.formats import audit_html, audit_tables, audit_wrongs
from writ.formats.audit_html import LARGEST, page
from writ.formats.audit_markup import GLYPHS, TONES
from writ.formats.audit_picture import SHAPES
from writ.journal.difference import Difference, Since
from writ.journal.record import ActStatus, DutyStatus, StateStatus
from writ.journal.steps import Cause

CSS = (Path(audit_html.__file__).parent / "page" / "audit.css").read_text("utf-8")
VOID = {"meta", "input", "link", "br", "img"}
SVG_LEAVES = {"use", "rect", "path", "circle", "line"}


@cache
def written(make) -> str:
    return page(make())


class Tree(HTMLParser):
    """Tags in order with their attributes and text; refuses what does not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.text).split())


PAGES = {
    "emergency": emergency,
    "lawful": lawful,
    "empty": empty,
    "hostile": hostile,
    "hours": hours,
    "folded": lambda: many(acts=400, duties=60, states=80, wrong=12),
}
every = pytest.mark.parametrize("audit", PAGES.values(), ids=PAGES)


@every
def test_it_is_well_formed_and_its_links_lead_somewhere(audit):
    tree = Tree(written(audit))
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    for tag, attrs in tree.tags:
        target = attrs.get("href", "")
        if target:
            assert target.startswith("#"), (tag, target)
            assert target[1:] in ids, (tag, target)
        for name in ("aria-labelledby", "data-for", "data-filter"):
            if name in attrs and (name != "data-filter" or attrs[name] in ids):
                assert attrs[name] in ids


@every
def test_nothing_is_loaded_from_outside(audit):
    tree = Tree(written(audit))
    named = {name for _, attrs in tree.tags for name in attrs}
    assert named & {"src", "srcset", "style", "action", "formaction", "data"} == set()
    assert {tag for tag, _ in tree.tags} & {
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "form",
    } == set()
    assert not [name for name in named if name.startswith("on")]
    assert "url(" not in CSS.replace("url(#", "")
    assert "@import" not in CSS


@every
def test_its_policy_allows_its_own_style_and_script_and_nothing_else(audit):
    text = written(audit)
    (policy,) = [
        attrs["content"]
        for attrs in Tree(text).all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", text)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


def test_what_a_journal_holds_is_text_and_nothing_else():
    text = page(hostile())
    tree = Tree(text)
    assert len(tree.all("script")) == 1
    assert "<script>alert" not in text
    assert "<script>alert(1)</script>" in tree.said
    assert "\x1b" not in text


def test_direction_marks_and_stray_surrogates_cannot_reorder_or_break_the_page():
    audit = empty(journal="left\u202eright\ud800")
    text = page(audit)
    assert "\u202e" not in text
    text.encode("utf-8")


@every
def test_it_can_be_read_without_seeing_it(audit):
    tree = Tree(written(audit))
    assert tree.all("html") == [{"lang": "en"}]
    assert len(tree.all("main")) == len(tree.all("h1")) == len(tree.all("header")) == 1
    levels = [int(tag[1]) for tag, _ in tree.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert len(tree.all("caption")) == len(tree.all("table"))
    assert all(attrs.get("scope") in ("col", "row") for attrs in tree.all("th"))
    first = next(attrs for tag, attrs in tree.tags if tag == "a")
    assert first == {"class": "skip", "href": "#main"}
    for attrs in tree.all("svg"):
        assert attrs.get("aria-hidden") == "true" or attrs.get("aria-label") or "viewbox" in attrs


def test_every_status_has_a_shape_of_its_own_kind_beside_its_word():
    for statuses in (ActStatus, DutyStatus):
        shapes = [GLYPHS[status] for status in statuses]
        wrong = [GLYPHS[status] for status in statuses if TONES.get(status) == "bad"]
        assert all(shapes.count(shape) == 1 for shape in wrong)
    assert {GLYPHS[status] for status in StateStatus} <= set(SHAPES)
    assert set(GLYPHS.values()) <= set(SHAPES)


@every
def test_every_act_duty_state_and_power_is_said_with_its_citations(audit):
    audit = audit()
    tree = Tree(page(audit))
    ids = set(tree.ids())
    for name in ("acts", "duties", "states", "powers"):
        for at in range(len(getattr(audit, name))):
            assert (
                f"{ {'acts': 'act', 'duties': 'duty', 'states': 'state', 'powers': 'power'}[name] }-{at}"
                in ids
            )
    for act in audit.acts[:20]:
        for citation in act.citations:
            assert " ".join(citation.split()).replace("\x1b", "␛") in tree.said


def test_what_is_wrong_is_said_before_the_tables():
    said = Tree(page(emergency())).said
    assert said.index("1 act without authority, 1 duty breached") < said.index(
        "Every duty, with the day"
    )
    assert "missing consult-province — had not been done before" in said
    assert "due 2022-03-04 · 6 days overdue" in said


@pytest.mark.parametrize(
    ("audit", "verdict"),
    [
        (lawful, "Nothing is wrong. Every act had its warrant, and no duty was missed."),
        (empty, "Nothing to judge. No act was done and no duty is owed."),
    ],
)
def test_where_there_is_nothing_it_says_so(audit, verdict):
    assert verdict in Tree(written(audit)).said


def test_an_empty_journal_has_a_page_that_says_so_in_every_part():
    said = Tree(page(empty())).said
    for none in ("Nothing here has a time yet.", "Nothing to judge.", "No duty is owed."):
        assert none in said


def test_mistakes_in_the_journal_are_said_beside_the_verdict():
    mistake = Diagnostic("J110", Severity.ERROR, "`x` is not known", Span("j", 3, 1, 3, 2))
    said = Tree(page(msgspec.structs.replace(lawful(), diagnostics=(mistake,)))).said
    assert "Nothing is wrong in what could be read." in said
    assert "1 mistake in the journal: what it cost is not judged here" in said
    assert "j:3 `x` is not known" in said


# --- the picture


def lanes(audit) -> dict[str, str]:
    """The markup of each lane by its sentence."""
    text = page(audit)
    return dict(re.findall(r'(?s)<div class="lane" data-says="([^"]*)">(.*?)</svg></div>', text))


def test_there_is_a_lane_for_each_state_and_each_duty_that_has_a_time():
    drawn = lanes(emergency())
    states = emergency().states
    duties = [one for one in emergency().duties if one.opened]
    assert len(drawn) == 3 + len(states) + len(duties)
    (suspended,) = [lane for says, lane in drawn.items() if "SOR/2022-21: lapsed" in says]
    assert suspended.count('class="bar in-effect"') == 2
    assert suspended.count('class="bar suspended"') == 1
    assert 'href="#frame"' in suspended


def test_a_breach_and_an_act_without_authority_are_links_to_their_rows():
    text = page(emergency())
    assert re.search(r'<a href="#duty-2" aria-label="[^"]*breached, 6 days overdue">', text)
    assert re.search(r'<a href="#act-6" aria-label="[^"]*freeze-account[^"]*">', text)


def test_what_is_due_is_marked_where_it_is_due():
    (met,) = [
        lane for says, lane in lanes(emergency()).items() if "s. 58" in lane or "tabling" in says
    ]
    places = [
        float(at) for at in re.findall(r'<use href="#(?:tick|flag)" x="([\d.]+)%" y="13"', met)
    ]
    assert len(places) == 2
    assert (
        places[0] > places[1]
    )  # the flag of the due day, then the mark of what was done before it


def test_hundreds_of_lanes_are_folded_and_what_is_inside_can_be_opened():
    tree = Tree(page(many(acts=400, duties=600, states=700, wrong=12)))
    assert 0 < len(tree.all("details")) <= 120
    tracks = [attrs for attrs in tree.all("svg") if attrs.get("class") == "track"]
    assert len(tracks) < 2_000
    # What unfolds is a control: nothing inside it is another.
    inside = re.findall(r"(?s)<summary>(.*?)</summary>", page(many(400, 60, 80, 12)))
    assert inside
    assert not any("<a " in summary for summary in inside)


# --- size


def test_a_large_journal_has_a_small_page_that_says_what_it_leaves_out():
    audit = many(acts=12_000, duties=6_000, states=4_000, wrong=2_000)
    text = page(audit)
    assert len(text.encode()) < LARGEST / 2
    said = Tree(text).said
    assert "2,000 acts without authority, 2,000 duties breached" in said
    assert f"{audit_tables.ACTS:,} of 12,000 are listed here" in said
    assert (
        f"The other {12_000 - audit_tables.ACTS:,} are counted above, and are in the JSON." in said
    )
    assert f"{4_000 - audit_wrongs.WRONG:,} more are in the JSON." in said


def test_the_longest_texts_do_not_make_it_large():
    audit = many(acts=1_500, duties=1_500, states=1_500, wrong=300)
    long = "&" * 5_000
    audit = msgspec.structs.replace(
        audit,
        acts=tuple(
            msgspec.structs.replace(one, actor=long, about=long, reasons=(long,) * 3)
            for one in audit.acts
        ),
        duties=tuple(
            msgspec.structs.replace(one, bearer=long, about=long, follows=(long,) * 3)
            for one in audit.duties
        ),
        states=tuple(
            msgspec.structs.replace(one, about=f"{long}{n}") for n, one in enumerate(audit.states)
        ),
    )
    text = page(audit)
    assert len(text.encode()) <= LARGEST
    assert "counted above" in Tree(text).said


# --- style


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


LIGHT, DARK = (colours(rule) for rule in re.findall(r"(?s):root \{(.*?)\}", CSS)[:2])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_stand_out_from_what_is_behind_them(palette):
    for tone in ("bad", "wary", "good", "live", "owed", "over"):
        for ground in ("card", "paper", f"{tone}-soft"):
            assert contrast(palette[tone], palette[ground]) >= 4.5, (tone, ground)
    for ink in ("ink", "muted", "link"):
        for ground in ("card", "paper"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for soft in ("bad-soft", "wary-soft", "good-soft"):
        assert contrast(palette["ink"], palette[soft]) >= 4.5
        assert contrast(palette["link"], palette[soft]) >= 4.5


def test_it_heeds_what_the_reader_asked_of_the_system():
    for query in ("prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "print"):
        assert f"@media ({query}" in CSS or f"@media {query}" in CSS
    assert ":focus-visible" in CSS
    assert "outline: none" not in CSS.replace("main:focus { outline: none; }", "")


def test_the_same_audit_gives_the_same_page():
    assert page(emergency()) == page(emergency())


def test_the_page_shows_both_times():
    known = msgspec.structs.replace(emergency(), known_at=dt.date(2022, 3, 1))
    assert "known at 2022-03-01" in Tree(page(known)).said


def test_what_changed_is_text_too_and_stays_small():
    cause = Cause("late entry", BAD, dt.date(2022, 3, 1))
    one = Difference("act", BAD, BAD, BAD, BAD, (BAD,), (cause,) * 9, BAD)
    then = dt.date(2022, 2, 14)
    text = page(hostile(), Since(then, then, (one,) * 1000))
    tree = Tree(text)
    assert len(tree.all("script")) == 1
    assert "<script>alert" not in text and "\x1b" not in text
    assert len(tree.ids()) == len(set(tree.ids()))
    assert "of 1,000 are listed here" in tree.said and "and 5 more" in tree.said
    assert len(text.encode()) < LARGEST
    nothing = Tree(page(hostile(), Since(then, None, ())))
    assert "Nothing is concluded otherwise." in nothing.said
