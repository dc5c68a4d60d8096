"""What two people make of one file becomes one text, and nothing that anybody typed is missing from it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ministry.statutes.drafting.merge import MARKED, Names, merge, pieces, undecided
from ministry.statutes.drafting.three_way import lines_of, runs, words_of

FILE = "law/watch-act.md"
BASE = """---
id: watch-act
---

# Watch Act

## 1. The watch

The Duty Officer keeps the watch.
It is kept by day and by night.

```writ
duty 1
  duty-officer must keep-watch
  within 7 days of appointment
```

## 2. The log

The log is kept for five years.
"""


def changed(*pairs, text=BASE):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


# Texts with provisions, blocks, and lines that repeat.
words = st.sampled_from(["the", "Duty", "Officer", "may", "7", "days", "keep", "(1)", "watch-log"])
line = st.one_of(
    st.lists(words, max_size=5).map(" ".join),
    st.sampled_from(
        ["## 1. One", "## 2. Two", "## 3. Three", "### 3A", "```writ", "```", "", "---"]
    ),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\0"), max_size=6),
)
texts = st.lists(line, max_size=14).map("\n".join)


@st.composite
def drafts(draw):
    """A text, and what two people made of it."""
    base = draw(texts)
    sides = []
    for _ in range(2):
        side = base.split("\n")
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(side)))
            match draw(st.sampled_from(["put", "take", "change", "move"])):
                case "put":
                    side[at:at] = draw(st.lists(line, min_size=1, max_size=3))
                case "take":
                    del side[at : at + draw(st.integers(1, 3))]
                case "change" if at < len(side):
                    side[at] = f"{side[at]} {draw(words)}"
                case "move":
                    part = side[at : at + 2]
                    del side[at : at + 2]
                    to = draw(st.integers(0, len(side)))
                    side[to:to] = part
        sides.append("\n".join(side))
    return base, *sides


@given(drafts())
def test_whoever_is_alone_has_their_text(found):
    base, one, _ = found
    assert merge(base, one, base, FILE).text == one
    assert merge(base, base, one, FILE).text == one
    assert merge(base, one, one, FILE).text == one


@settings(max_examples=300)
@given(drafts())
def test_no_line_that_anybody_typed_is_missing(found):
    base, one, other = found
    merged = merge(base, one, other, FILE)
    there = set(merged.text.split("\n"))
    blended = [side for each in merged.blends for side in (each.one, each.other)]
    there |= {line for side in blended for line in side.split("\n")}
    before = set(base.split("\n"))
    for side in (one, other):
        assert set(side.split("\n")) - before <= there


@settings(max_examples=300)
@given(drafts())
def test_no_word_that_anybody_typed_is_missing(found):
    """Of lines in which both changed words, too."""
    base, one, other = found
    there = set(words_of(merge(base, one, other, FILE).text))
    for side in (one, other):
        assert {word for word in words_of(side) if not word.isspace()} - set(
            words_of(base)
        ) <= there


@given(drafts())
def test_who_comes_first_changes_no_more_than_the_order_of_a_clash(found):
    base, one, other = found
    names = Names("a", "a")
    there, back = merge(base, one, other, FILE, names), merge(base, other, one, FILE, names)
    assert [(c.provision, c.base, {c.one, c.other}) for c in there.clashes] == [
        (c.provision, c.base, {c.one, c.other}) for c in back.clashes
    ]
    assert [each.text for each in there.blends] == [each.text for each in back.blends]
    assert sorted(there.text) == sorted(back.text)
    if not there.clashes:
        assert there.text == back.text


@given(drafts())
def test_a_clash_has_both_texts_between_its_marks(found):
    merged = merge(*found, FILE)
    for clash in merged.clashes:
        assert f"\n{clash.one}" in f"\n{merged.text}"
        assert f"\n{clash.other}" in f"\n{merged.text}"
    assert (undecided(merged.text) > 0) == bool(merged.clashes)


@given(st.lists(words), st.lists(words), st.lists(words))
def test_runs_hold_each_text_whole(base, one, other):
    found = list(runs(base, one, other))
    assert [token for run in found for token in run.base] == base
    assert [token for run in found for token in run.one] == one
    assert [token for run in found for token in run.other] == other


@given(texts)
def test_lines_words_and_pieces_are_the_whole_text(text):
    assert "".join(lines_of(text)) == text
    assert "".join(words_of(text)) == text
    assert "".join(pieces(FILE, text).values()) == text


def test_two_provisions_are_two_peoples():
    one = changed(("five years", "ten years"))
    other = changed(("by day and by night", "by night"))
    merged = merge(BASE, one, other, FILE)
    assert merged.text == changed(("five years", "ten years"), ("by day and by night", "by night"))
    assert not merged.clashes and not merged.blends


def test_two_lines_of_one_provision_are_merged():
    one = changed(("The Duty Officer keeps", "The Deputy keeps"))
    other = changed(("within 7 days", "within 9 days"))
    merged = merge(BASE, one, other, FILE)
    assert merged.text == changed(
        ("The Duty Officer keeps", "The Deputy keeps"), ("within 7 days", "within 9 days")
    )
    assert not merged.blends


def test_other_words_of_one_line_are_merged_and_told():
    one = changed(("within 7 days", "within 14 days"))
    other = changed(("of appointment", "of the appointment"))
    merged = merge(BASE, one, other, FILE)
    assert "  within 14 days of the appointment\n" in merged.text
    assert [each.text for each in merged.blends] == ["  within 14 days of the appointment\n"]


def test_the_same_words_are_a_clash_that_keeps_both():
    one = changed(("within 7 days", "within 14 days"))
    other = changed(("within 7 days", "within 21 days"))
    merged = merge(BASE, one, other, FILE, Names("Ada", "Bo"))
    clash = MARKED.search(merged.text)
    assert clash["first"] == "  within 14 days of appointment\n"
    assert clash["second"] == "  within 21 days of appointment\n"
    assert "<<<<<<< Ada\n" in merged.text
    assert [one.provision for one in merged.clashes] == [f"{FILE}/1"]


def test_what_one_took_out_and_the_other_changed_is_a_clash():
    one = BASE[: BASE.index("## 2.")]
    other = changed(("five years", "ten years"))
    merged = merge(BASE, one, other, FILE)
    assert "ten years" in merged.text
    assert merged.clashes[0].one == ""


def test_what_one_took_out_and_the_other_left_is_gone():
    one = BASE[: BASE.index("## 2.")]
    other = changed(("by day and by night", "by night"))
    assert merge(BASE, one, other, FILE).text == changed(
        ("by day and by night", "by night"), text=one
    )


def test_provisions_put_in_at_one_place_both_stand_there():
    one = f"{BASE}\n## 3. Relief\n\nSomebody relieves the watch.\n"
    other = f"{BASE}\n## 4. Rounds\n\nRounds are made.\n"
    merged = merge(BASE, one, other, FILE)
    assert not merged.clashes
    assert merged.text == f"{one}\n## 4. Rounds\n\nRounds are made.\n" or (
        "## 3. Relief" in merged.text and merged.text.index("## 3.") < merged.text.index("## 4.")
    )


def test_a_provision_moved_by_one_and_changed_by_the_other_is_moved_and_changed():
    two = BASE[BASE.index("## 2.") :]
    at = BASE.index("## 1.")
    one = BASE[:at] + two + "\n" + BASE[at:].replace(two, "")
    other = changed(("five years", "ten years"))
    merged = merge(BASE, one, other, FILE)
    assert merged.text == one.replace("five years", "ten years")
