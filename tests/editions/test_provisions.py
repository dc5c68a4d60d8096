"""What a provision says, and whether it says the same in another edition."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writ.book.load import load_texts
from writ.diagnostics import Severity
from writ.editions.provisions import differing, fingerprints, provisions_of

ROOT = Path(__file__).resolve().parents[2] / "books"
BOOKS = ("emergencies-act", "eo-13526", "model-ministry", "war-powers")


def texts(name):
    folder = ROOT / name
    return {str(one.relative_to(folder)): one.read_text("utf-8") for one in folder.rglob("*.md")}


def book(files):
    found, wrong = load_texts(files)
    assert not [one for one in wrong if one.severity is Severity.ERROR], wrong[:3]
    return found


MODEL = texts("model-ministry")


def changed(old, new, file="statutes-act.md"):
    assert old in MODEL[file], old
    after = book(MODEL | {file: MODEL[file].replace(old, new, 1)})
    return list(differing(book(MODEL), after))


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_of_a_file_is_in_no_provision_or_in_two(name):
    for path, text in texts(name).items():
        found = provisions_of(path, text)
        assert "".join(text[one.start : one.end] for one in found) == text
        assert len({one.key for one in found}) == len(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('power 1(1) "proposal"', 'power 1(1) "proposal"   -- a comment'),
        (
            "legal-adviser, permanent-secretary may propose-edition",
            "permanent-secretary, legal-adviser may propose-edition",
        ),
        ("may propose an edition", "may\npropose an edition"),
    ],
)
def test_what_is_only_written_otherwise_says_the_same(old, new):
    assert changed(old, new) == []


def test_another_order_of_what_must_all_hold_says_the_same():
    one, other = "  with rights in edition.passed\n", "  with clarity in edition.passed\n"
    assert changed(one, "") == ["statutes-act/1"]
    text = MODEL["statutes-act.md"].replace(other, "").replace(one, other + one)
    assert differing(book(MODEL), book(MODEL | {"statutes-act.md": text})) == {}


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("may propose an edition", "may suggest an edition", ["statutes-act/1"]),
        ("legal-adviser may certify", "permanent-secretary may certify", ["statutes-act/1"]),
        ("review: 2030-01-01", "review: 2031-01-01", ["statutes-act/"]),
        ("## 4 Examination", "## 99 Examination", ["statutes-act/99", "statutes-act/4"]),
    ],
)
def test_another_word_or_another_norm_says_something_else(old, new, keys):
    if new == "## 99 Examination":
        file = MODEL["statutes-act.md"].replace("power 4\n", "power 99\n").replace(old, new)
        found = list(differing(book(MODEL), book(MODEL | {"statutes-act.md": file})))
    else:
        found = changed(old, new)
    assert found == keys


def test_what_a_word_means_elsewhere_is_part_of_what_is_said():
    """`govern-law` is no longer material: whatever is a power over one of its acts is another power."""
    found = changed("  reserved\n  material\n", "  reserved\n")
    assert "basic-law/3" in found
    assert {"statutes-act/Vocabulary", "statutes-act/1", "statutes-act/2"} <= set(found)
    assert not any(key.startswith("organisation-act/") for key in found)


def test_where_a_norm_is_suspended_from_elsewhere_it_says_something_else():
    more = "\n## 99 Suspension\n\nOf late.\n\n```writ\nsuspend 99\n  4\n  from 2031-01-01\n```\n"
    after = book(MODEL | {"statutes-act.md": MODEL["statutes-act.md"] + more})
    assert list(differing(book(MODEL), after)) == ["statutes-act/4", "statutes-act/99"]


WORDS = re.compile(r"[A-Za-z]+")


def edited(name, seed):
    """The texts with some words, lines or statements otherwise; None where they make no book any more."""
    dice = random.Random(seed)
    files = texts(name)
    for _ in range(dice.randint(1, 3)):
        path = dice.choice(sorted(files))
        lines = files[path].splitlines(keepends=True)
        at = dice.randrange(len(lines))
        match dice.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                word = dice.choice(WORDS.findall(files[path]))
                lines[at] = WORDS.sub(word, lines[at], count=1)
            case _:
                lines[at] = lines[at].rstrip("\n") + "  -- so it is\n"
        files[path] = "".join(lines)
    found, wrong = load_texts(files)
    return None if any(one.severity is Severity.ERROR for one in wrong) else found


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(BOOKS), st.integers(0, 2**32 - 1))
def test_looking_only_where_something_may_differ_misses_nothing(name, seed):
    after = edited(name, seed)
    if after is None:
        return
    before = book(texts(name))
    one, other = fingerprints(before), fingerprints(after)
    whole = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    assert set(differing(before, after)) == whole
