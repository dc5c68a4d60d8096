"""After any edit, a workspace is what a fresh load of the same texts would be."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.law import WORDS, instrument, same
from tests.book.test_load import BOOK, example
from writ.book.load import load_book, load_texts
from writ.book.workspace import Workspace

TEXTS = {
    "book.md": BOOK,
    "words.md": instrument(WORDS, "words"),
    "constitution.md": instrument(
        "power 1\n  senate may sign\n  enabling countersign\nlapse 2\n  alarm lapses\n  after 30 days",
        "constitution",
        "constitution",
    ),
    "law.md": instrument(
        """
act reply
  is countersign
  kind-of-reply: tone
fact asked: yes-no
definition pressing: yes-no
  means asked or later-on after now
definition later-on: date
  means time of sign + 3 days

power 1(a)
  minister may sign
  when urgent and tone is mild and asked
  begins alarm for 30 days

power 1(b)
  minister may reply letter
  when kind-of-reply is sharp and pressing
  notwithstanding constitution 1

duty 2
  each of senate, minister must countersign
  within 3 days of sign
  when some r in readers satisfies (r.cleared)
  subject to order 3
""",
        "law",
        "statute",
        "in-force: 2000-01-01\nenacted-by: senate",
    ).replace("top: true", "under: constitution 1"),
    "order.md": instrument(
        """
prohibition 3
  no one except minister may sign
  unless agreed or delay above 30 days or later-on before now
  replaces law 9

power 4
  member may reply
  replaces law 1(a)
  in force from 2010-01-01

suspend 5
  law 2
  from 2011-01-01 until 2011-02-01

override 6
  3 prevails over 4, law 1

assurance 3
  no one may both sign and reply
  when pressing
  unless sign.tone is mild

assurance A1
  every alarm ends within 30 days
  unless countersign by senate
""",
        "order",
        "regulation",
    ),
}
WORD = re.compile(r"[\w.()-]+")


def check(workspace: Workspace, texts: dict[str, str]) -> None:
    book, diagnostics = load_texts(texts)
    assert workspace.diagnostics == diagnostics
    assert same(workspace.book, book)


def mutate(chance: random.Random, text: str, all_words: list[str]) -> str:
    """One edit of the sort that people make: a word, a line, a letter."""
    words = list(WORD.finditer(text))
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0 | 1 if words:
            word = chance.choice(words)
            return text[: word.start()] + chance.choice(all_words) + text[word.end() :]
        case 2:
            return "\n".join(lines[:at] + lines[at + 1 :])
        case 3:
            return "\n".join([*lines[:at], chance.choice(lines), *lines[at:]])
        case 4:
            return "\n".join([*lines[:at], "", *lines[at:]])
        case 5:
            return "\n".join(lines[:at] + lines[at + 2 :] + lines[at : at + 2])
        case _:
            letter = chance.randrange(len(text) + 1)
            return text[:letter] + chance.choice("-;:( \nx1") + text[letter:]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_a_workspace_equals_a_fresh_load_after_every_edit(seed: int) -> None:
    chance = random.Random(seed)
    texts = dict(TEXTS)
    all_words = sorted({word for text in texts.values() for word in WORD.findall(text)})
    workspace = Workspace.of_texts(texts)
    check(workspace, texts)
    for _ in range(8):
        name = chance.choice(sorted(texts))
        kind = chance.randrange(12)
        if kind == 0 and len(texts) > 1:
            del texts[name]
            workspace.remove(name)
        elif kind == 1:
            new = f"a{chance.randrange(3)}.md"
            texts[new] = texts[name]
            workspace.update(new, texts[new])
        elif kind == 2:
            name = chance.choice(sorted(TEXTS))
            texts[name] = TEXTS[name]
            workspace.update(name, texts[name])
        else:
            texts[name] = mutate(chance, texts[name], all_words)
            workspace.update(name, texts[name])
        check(workspace, texts)


def test_an_edit_of_one_instrument_leaves_the_norms_of_others_as_they_are() -> None:
    workspace = Workspace.of_texts(TEXTS)
    before = workspace.book.by_id["constitution/1"]
    workspace.update("order.md", TEXTS["order.md"].replace("power 4", "power 5"))
    assert workspace.book.by_id["constitution/1"] is before


def test_a_word_declared_later_heals_every_norm_that_missed_it() -> None:
    texts = {**TEXTS, "order.md": TEXTS["order.md"].replace("member may", "archivist may")}
    workspace = Workspace.of_texts(texts)
    assert [each.code for each in workspace.diagnostics if each.code == "V201"] == ["V201"]
    texts["more.md"] = instrument("office archivist", "more")
    workspace.update("more.md", texts["more.md"])
    check(workspace, texts)
    assert not [each for each in workspace.diagnostics if each.code == "V201"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("office minister\n", "office ministers\n"),
        ("act sign\n  on paper", "act sign\n  on letter"),
        ("act sign\n  on paper", "act sign\n  on reader"),
        ("act countersign\n  is sign", "act countersign"),
        ("thing letter\n  is paper", "thing letter"),
        ("thing reader\n", "thing reader\n  is letter\n"),
        ("cleared: yes-no", "cleared: number"),
        ("  readers: list of reader", "  readers: list of paper"),
        ("  mild\n", "  soft\n"),
        ("kind tone", "levels tone"),
        ("  urgent: yes-no", "  urgent: text"),
        ("  urgent: yes-no", "  urgent yes-no"),
        ("fact agreed: yes-no", "fact agreed; yes-no"),
        ("fact delay: number of days", "fact delay: number of weeks"),
        ("state alarm", "event alarm"),
        ("fact agreed", "fact asked"),
        ("act sign\n", "act sign-off\n"),
        ("```\n", "body upper-house\n```\n"),
    ],
)
def test_an_edit_of_the_vocabulary_reaches_every_norm_it_concerns(old: str, new: str) -> None:
    workspace = Workspace.of_texts(TEXTS)
    text = TEXTS["words.md"].replace(old, new, 1)
    assert text != TEXTS["words.md"]
    workspace.update("words.md", text)
    check(workspace, {**TEXTS, "words.md": text})
    workspace.update("words.md", TEXTS["words.md"])
    check(workspace, TEXTS)


def test_a_workspace_of_a_folder_equals_a_load_of_it(tmp_path: Path) -> None:
    example(tmp_path)
    workspace = Workspace(tmp_path)
    book, diagnostics = load_book(tmp_path)
    assert same(workspace.book, book)
    assert workspace.diagnostics == diagnostics
    text = instrument("power 1\n  ministre may sign")
    (tmp_path / "acts/law.md").write_text(text)
    workspace.update("acts/law.md", text)
    assert workspace.diagnostics == load_book(tmp_path)[1]
    (tmp_path / "words.md").unlink()
    workspace.remove("words.md")
    assert workspace.diagnostics == load_book(tmp_path)[1]


def test_a_file_that_could_not_be_read_may_be_written(tmp_path: Path) -> None:
    (example(tmp_path) / "book.md").unlink()
    workspace = Workspace(tmp_path)
    assert [each.code for each in workspace.diagnostics] == ["V240"]
    workspace.update("book.md", BOOK)
    assert workspace.diagnostics == []
