"""The shapes as types that msgspec checks at once: the quick way to see that nothing is wrong or unknown."""

from __future__ import annotations

import sys
from functools import cache
from typing import Annotated, Any

import msgspec

from writ.formats.oscal.shapes import SHAPES, Member

_TEXT = Annotated[str, msgspec.Meta(min_length=1)]


def sound(kind: str, data: Any) -> bool:
    """Whether data have the shape to the last member. What is wrong otherwise, `checked` tells."""
    try:
        msgspec.convert(data, _types()[kind])
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


@cache
def _types() -> dict[str, Any]:
    module = sys.modules[__name__]
    made = {}
    for name, members in SHAPES.items():
        fields = [(_field(one), *_typed(one, name)) for one in members]
        fields.sort(key=len)  # those without a default come first
        title = _name(name)
        made[name] = msgspec.defstruct(
            title,
            fields,
            module=__name__,
            rename={_field(one): one.json for one in members},
            forbid_unknown_fields=True,
            gc=False,
        )
        setattr(module, title, made[name])  # where the types that name it find it
    return made


def _name(shape: str) -> str:
    return "_" + shape.title().replace("-", "")


def _field(member: Member) -> str:
    return "m_" + member.json.replace("-", "_")


def _typed(member: Member, shape: str) -> tuple[Any, ...]:
    """The type, and the default of what may be left out."""
    plain = {"text": "str", "line": "str", "prose": "str", "truth": "bool", "empty": "dict | bool"}
    type_ = plain.get(member.type, _name(member.type))
    if member.many:
        type_ = f"list[{type_}]"
    if not member.must:
        return (type_, None)
    if type_ == "str" and not (shape == "property" and member.json == "value"):
        return ("_TEXT",)
    return (type_,)
