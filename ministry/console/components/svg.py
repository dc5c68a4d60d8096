"""Shapes of a picture as SVG. What they look like the style sheet says by their classes: nothing is styled in place."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Attributes = str | float


def figure(value: float) -> str:
    """A number of a picture, to a hundredth."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def element(
    tag: str, inside: SafeString | str = "", /, **attributes: Attributes | None
) -> SafeString:
    """An element; `class_` and `text_anchor` are written as SVG has them, and what is None is left out."""
    said = format_html_join(
        "",
        ' {}="{}"',
        (
            (
                name.rstrip("_").replace("_", "-"),
                value if isinstance(value, str) else figure(value),
            )
            for name, value in attributes.items()
            if value is not None
        ),
    )
    return format_html("<{}{}>{}</{}>", tag, said, inside, tag)


def joined(parts: Iterable[SafeString | str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def words(text: object, x: float, y: float, anchor: str = "start", style: str = "") -> SafeString:
    """Words in a picture."""
    return element("text", str(text), class_=style or None, x=x, y=y, text_anchor=anchor)


def told(text: object) -> SafeString:
    """What a shape tells whoever points at it."""
    return element("title", str(text))


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """A path through points."""
    return "M" + "L".join(f"{figure(x)},{figure(y)}" for x, y in points)


def picture(
    name: str, title: object, said: object, width: float, height: float, inside: SafeString
) -> SafeString:
    """A picture with its name and its description, for whoever hears it."""
    return element(
        "svg",
        joined(
            (
                element("title", str(title), id=f"{name}-t"),
                element("desc", str(said), id=f"{name}-d"),
                inside,
            )
        ),
        role="img",
        viewBox=f"0 0 {figure(width)} {figure(height)}",
        width=width,
        height=height,
        aria_labelledby=f"{name}-t {name}-d",
    )
