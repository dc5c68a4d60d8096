"""The catalogues, and a language in which every known message is marked, for tests."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
PLACES = re.compile(r"%\(\w+\)[sd]|%d|\{\w*\}|<[^>]*>")


def bin_words():
    """The script `bin/words` as a module."""
    loader = importlib.machinery.SourceFileLoader("bin_words", str(ROOT / "bin" / "words"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bin_words", loader))
    loader.exec_module(module)
    return module


def catalogue(language="fr", domain="django"):
    path = bin_words().LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as source:
        return read_po(source, locale=language)


class Marked(NullTranslations):
    """Says every message of the catalogue as ⟦message⟧; in the place of French."""

    def __init__(self):
        super().__init__()
        self.known = set()
        for one in catalogue():
            self.known |= set(one.id if isinstance(one.id, tuple) else (one.id,))

    def gettext(self, message):
        context, found, rest = message.partition("\x04")
        if found:
            return rest if context.startswith("form") else f"⟦{rest}⟧"
        return f"⟦{message}⟧" if message and message in self.known else message

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)

    def language(self):
        return "fr"

    def to_language(self):
        return "fr"


ALONE = {"script", "style", "code", "time", "datalist", "textarea", "pre", "kbd", "title"}
SAID = ("aria-label", "placeholder", "alt", "title", "data-head")
VOID = {"input", "br", "link", "meta", "img", "hr", "col", "wbr"}


class Unmarked(HTMLParser):
    """The texts of a page that stand outside the marks, and outside what is said to be in another language."""

    def __init__(self):
        super().__init__()
        self.stack, self.depth, self.found = [], 0, []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        data = "key" in (known.get("class") or "").split() or tag in ALONE
        data = data or (tag != "html" and (known.get("lang") or "fr") != "fr")
        if not self.off and not data:
            for name in SAID:
                text = known.get(name) or ""
                if letters(re.sub("⟦[^⟧]*⟧", "", text)) and "⟦" not in text:
                    self.found.append(text)
        if tag not in VOID:
            self.stack.append((tag, data))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        # An end without a beginning ends nothing; one further out ends what was left open within.
        if any(name == tag for name, _ in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    @property
    def off(self):
        return any(data for _, data in self.stack)

    def handle_data(self, data):
        plain = ""
        for one in data:
            self.depth += (one == "⟦") - (one == "⟧")
            if not self.depth and one != "⟧":
                plain += one
        plain = " ".join(plain.split())
        if letters(plain) and not self.off:
            self.found.append(plain)


def letters(text):
    return re.search(r"[A-Za-zÀ-ÿ]{2}", text) is not None
