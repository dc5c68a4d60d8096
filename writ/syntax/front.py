"""Front matter: the YAML between two `---` lines at the head of a file.

Only scalars and lists of scalars, read from the parser's flat stream of events: nothing is composed, so no alias and no
nesting can cost anything. Values are kept as the text that was written.
"""

from __future__ import annotations

import yaml

from writ.diagnostics import pack
from writ.syntax.cursor import Mistake, shown
from writ.syntax.limits import MAX_FRONT_MATTER, MAX_ITEMS
from writ.syntax.tree import FrontMatter

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def extent(text: str) -> tuple[int, int, int] | None:
    """Where the front matter starts and ends, and where the Markdown behind it starts; None if there is none.

    Without a closing line the front matter is the whole file, and the end is -1.
    """
    start = 1 if text.startswith("\ufeff") else 0
    if not text.startswith("---", start):
        return None
    first = text.find("\n", start)
    if text[start : first if first >= 0 else None].rstrip() != "---":
        return None
    at = first + 1
    while 0 < at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].rstrip() in ("---", "..."):
            return first + 1, at, min(end + 1, len(text))
        at = end + 1
    return start, -1, len(text)


def front_matter(text: str, start: int, end: int, mistakes: list[Mistake]) -> FrontMatter:
    """The front matter in `text[start:end]`. A wrong entry is reported and left out."""
    span = pack(start, end)
    if end - start > MAX_FRONT_MATTER:
        message = f"the front matter is longer than {MAX_FRONT_MATTER // 1024} KiB"
        mistakes.append(Mistake("S113", start, start + 1, message))
        return FrontMatter({}, {}, span)
    try:
        events = list(yaml.parse(text[start:end], Loader=_Loader))
    except yaml.YAMLError as error:
        mistakes.append(_malformed(error, start, end))
        return FrontMatter({}, {}, span)
    return _Reader(events, start, mistakes).read(span)


def _malformed(error: yaml.YAMLError, start: int, end: int) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = start
    if mark is not None:
        at = min(start + mark.index, max(start, end - 1))
    elif isinstance(position := getattr(error, "position", None), int):
        at = min(start + position, end - 1)
    problem = (
        getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    )
    help = "a value with `: ` or ` #` in it, or that starts with `[`, `*`, `&` or `@`, stands in quotes"
    if "\\t" in problem or "tab" in problem:
        help = "indent with spaces; most lines of it are not indented at all"
    return Mistake("S110", at, at + 1, f"the front matter is not YAML: {problem}", help)


class _Reader:
    """Walks the events of one mapping."""

    def __init__(self, events: list[yaml.Event], base: int, mistakes: list[Mistake]) -> None:
        self.events = events
        self.base = base
        self.mistakes = mistakes
        self.at = 0
        self.values: dict[str, str | list[str]] = {}
        self.spans: dict[str, int] = {}

    def read(self, span: int) -> FrontMatter:
        self.at = 2  # past the starts of stream and document
        event = self.events[self.at] if len(self.events) > 2 else None
        if isinstance(event, yaml.MappingStartEvent):
            self.at += 1
            while not isinstance(self.events[self.at], yaml.MappingEndEvent):
                self._entry()
        elif event is not None and not isinstance(event, yaml.StreamEndEvent):
            empty = isinstance(event, yaml.ScalarEvent) and not event.value
            if not empty:
                self._wrong("S111", event, "the front matter is not a list of `name: value` lines")
        return FrontMatter(self.values, self.spans, span)

    def _entry(self) -> None:
        key = self.events[self.at]
        if not isinstance(key, yaml.ScalarEvent):
            self._wrong("S111", key, "a name in the front matter is a plain word")
            self._skip()
            self._skip()
            return
        self.at += 1
        value = self.events[self.at]
        found = self._value(key.value)
        if found is None:
            return
        if key.value in self.values:
            self._wrong("S112", key, f"`{shown(key.value)}` stands in the front matter twice")
            return
        self.values[key.value] = found
        self.spans[key.value] = pack(
            self._place(value)[0], self._place(self.events[self.at - 1])[1]
        )

    def _value(self, key: str) -> str | list[str] | None:
        event = self.events[self.at]
        if isinstance(event, yaml.SequenceStartEvent) and self._plain(event):
            self.at += 1
            items: list[str] = []
            right = True
            while not isinstance(self.events[self.at], yaml.SequenceEndEvent):
                item = self.events[self.at]
                if isinstance(item, yaml.ScalarEvent) and self._plain(item):
                    items.append(item.value)
                elif right:
                    right = False
                    self._wrong(
                        "S111", item, f"the list `{shown(key)}` holds something that is not text"
                    )
                self._skip()
            self.at += 1
            if len(items) > MAX_ITEMS:
                self._wrong(
                    "S125", event, f"the list has {len(items):,} items, more than {MAX_ITEMS:,}"
                )
                return None
            return items if right else None
        if isinstance(event, yaml.ScalarEvent) and self._plain(event):
            self.at += 1
            return str(event.value)
        self._wrong(
            "S111", event, f"the value of `{shown(key)}` is neither text nor a list of texts"
        )
        self._skip()
        return None

    @staticmethod
    def _plain(event: yaml.Event) -> bool:
        """Whether it is neither anchored nor tagged."""
        return getattr(event, "anchor", None) is None and getattr(event, "tag", None) is None

    def _skip(self) -> None:
        """Step over one value, however nested."""
        depth = 0
        while True:
            event = self.events[self.at]
            self.at += 1
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth <= 0:
                return

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        """Where in the file it starts and ends."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        return self.base + start.index, self.base + end.index

    def _wrong(self, code: str, event: yaml.Event, message: str) -> None:
        start, end = self._place(event)
        end = max(start + 1, end)
        self.mistakes.append(
            Mistake(code, start, end, message, "values are texts or lists of texts")
        )
