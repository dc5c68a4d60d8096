"""Reading the keys of front matter: each value checked, and reported where it stands."""

from __future__ import annotations

import datetime as dt

from writ.book import dates
from writ.book.report import Report
from writ.book.suggest import nearest
from writ.diagnostics import LENGTH_BITS, pack
from writ.syntax.tree import FrontMatter

_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Front:
    """The front matter of one file, read key by key; a value that cannot be used reads as none."""

    def __init__(self, report: Report, front: FrontMatter) -> None:
        self.report = report
        self.front = front
        self.unknown: list[str] = []

    def _key(self, key: str) -> int:
        """Where a key stands; as it was written otherwise than it reads, where its value stands."""
        value = self.span(key)
        at = self.report.source.text.rfind(key, 0, value >> LENGTH_BITS)
        return pack(at, at + len(key)) if at >= 0 else value

    def span(self, key: str) -> int:
        """Where the value of a key stands, or the front matter."""
        return self.front.spans.get(key, self.front.span)

    def bad(self, key: str, message: str, help: str = "") -> None:
        self.report.add("V245", self.span(key), message, help)

    def missing(self, key: str, help: str) -> None:
        # The parser may have refused it, or it is there and misspelt.
        misspelt = any(nearest(other, (key,)) for other in self.unknown)
        if not misspelt and not self.report.troubled(self.front.span):
            self.report.add("V244", self.front.span, f"the front matter has no `{key}`", help)

    def check_keys(self, known: tuple[str, ...]) -> None:
        """Report every key that means nothing."""
        for key in self.front.values:
            if key not in known:
                self.unknown.append(key)
                self.report.add(
                    "V243",
                    self._key(key),
                    f"`{key}` is not a key of this front matter",
                    f"the keys are {', '.join(known)}",
                    like=(key, known),
                )

    def text(self, key: str) -> str:
        """One text, its spaces trimmed."""
        value = self.front.values.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        self.bad(key, f"`{key}` is one text, not a list")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        value = self.front.values.get(key, [])
        return (value,) if isinstance(value, str) else tuple(value)

    def name(self, key: str) -> str:
        """A lower-case name joined by hyphens."""
        text = self.text(key)
        if text and not is_name(text):
            self.bad(
                key,
                f"`{text}` is not a name",
                "names are lower-case words, and figures, joined by hyphens",
            )
            return ""
        return text

    def day(self, key: str) -> dt.date | None:
        """A day."""
        text = self.text(key)
        if not text:
            return None
        try:
            if len(text) == 10:
                return dates.day_of(dates.parse(text))
        except ValueError:
            pass
        self.bad(key, f"`{text}` is not a day", "write it as `2022-02-14`")
        return None

    def truth(self, key: str) -> bool:
        """Yes or no; not stated is no."""
        text = self.text(key)
        if not text:
            return False
        if text.lower() not in _BOOLEANS:
            self.bad(key, f"`{text}` is neither `true` nor `false`")
        return _BOOLEANS.get(text.lower(), False)


def is_name(text: str) -> bool:
    """Whether a text has the form of a name."""
    return (
        text.isascii()
        and text[0].isalpha()
        and text == text.lower()
        and all(part.isalnum() for part in text.split("-"))
    )
