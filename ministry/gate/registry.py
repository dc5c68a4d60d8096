"""The acts that the server can do, each under its name in the Book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ministry.gate.deed import Apply, Data, Prepare, Sealed
from ministry.register.models import Kind


class Act(msgspec.Struct, frozen=True):
    """One act: the data it is given, how it is prepared, and how it changes its tables."""

    name: str
    data: type[Data]
    prepare: Prepare
    apply: Apply | None
    kind: Kind
    sealed: frozenset[str]
    together: bool
    """It is done only together with another act, which follows it in one transaction."""
    weighs: bool
    """Every act after it is decided otherwise, or may be: none is under way beside it."""
    sure: int
    """So many seconds ago, at the most, the person must have proved who they are; 0: when they signed in."""

    @property
    def doc(self) -> str:
        return (self.prepare.__doc__ or "").strip()


_acts: dict[str, Act] = {}


def act(
    name: str,
    data: type[Data],
    apply: Apply | None = None,
    kind: Kind = Kind.ACT,
    sure: int = 0,
    together: bool = False,
    weighs: bool = False,
) -> Callable[[Prepare], Callable[..., Any]]:
    """Let a function be an act of the Book. It is called with who acts and the data, and goes through the gate."""

    def registered(prepare: Prepare) -> Callable[..., Any]:
        from ministry.gate.do import do

        if name in _acts:
            raise ValueError(f"the act {name} is registered twice")
        for one in _acts.values():
            # The interface describes data by the name of their class.
            if one.data is not data and one.data.__name__ == data.__name__:
                raise ValueError(f"{name} and {one.name} have data of one name, {data.__name__}")
        sealed = sealed_fields(data)
        found = _acts[name] = Act(name, data, prepare, apply, kind, sealed, together, weighs, sure)

        def done(by: Any, given: Data, **options: Any) -> Any:
            return do(found, by, given, **options)

        done.__doc__, done.__name__ = prepare.__doc__, prepare.__name__
        done.__module__ = prepare.__module__
        return done

    return registered


Run = Callable[..., Any]
_runs: dict[str, Run] = {}


def runs(name: str) -> Callable[[Run], Run]:
    """Let a function be how an act is done that is done together with another."""

    def known(function: Run) -> Run:
        _runs[name] = function
        return function

    return known


def run(name: str, by: Any, given: Data, once: Any = None) -> Any:
    """Do the act of that name, with what is done together with it; its receipts. `once` is as of `gate.do.do_all`.

    Raises:
        KeyError: the server does no such act.
    """
    from ministry.gate.do import do_all

    if name in _runs:
        return _runs[name](by, given, once)
    return do_all(by, [(act_named(name), given)], once=once)


def sealed_fields(data: type[Data]) -> frozenset[str]:
    return frozenset(
        name
        for name, field in data.model_fields.items()
        if any(isinstance(one, Sealed) for one in field.metadata)
    )


def act_named(name: str) -> Act:
    """The act of that name.

    Raises:
        KeyError: the server does no such act.
    """
    return _acts[name]


def all_acts() -> dict[str, Act]:
    """Every act that the server can do, by name."""
    return dict(sorted(_acts.items()))
