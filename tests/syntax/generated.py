"""Random trees, as the parser could have made them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from writ.syntax import tree as t
from writ.syntax.clauses import BY_KIND
from writ.syntax.cursor import RESERVED

WORDS = (
    "minister",
    "declaration",
    "a",
    "b-2",
    "level",
    "kind-of-thing",
    "senate",
    "public-order",
    "x",
)
word = st.sampled_from(WORDS)
name = st.builds(t.Name, word)
path = st.one_of(name, st.builds(lambda a, b: t.Name(f"{a}.{b}"), word, word))
names = st.lists(name, min_size=1, max_size=12).map(tuple)
label = st.sampled_from(("17(1)", "1.3(c)(5)", "II.2", "4", "A-1"))
quoted = st.sampled_from(("some text", "with -- dashes (and) and or, x", "é’ “x”", "long " * 30))
maybe_text = st.one_of(st.just(""), quoted)
whole = st.integers(0, 10**15 - 1)
day = st.dates(date(1700, 1, 1), date(2200, 1, 1)).map(date.isoformat)
moment = day.map(lambda d: f"{d}T15:00-05:00")

duration = st.one_of(
    st.builds(
        t.Duration,
        st.sampled_from((0, 1, 2, 30)),
        st.sampled_from(
            ("hours", "days", "working days", "weeks", "months", "years", "calendar years")
        ),
    ),
    st.builds(t.Duration, st.sampled_from((1, 7)), st.just("sitting days"), word),
)
number = st.builds(
    t.Number, st.one_of(whole, st.sampled_from((0.5, 1e-07, 2.0, 123456789012345.5)))
)
side = st.sampled_from(("start", "end"))

leaf = st.one_of(
    path,
    number,
    duration,
    st.builds(t.Text, quoted),
    st.builds(t.Truth, st.booleans()),
    st.builds(t.Date, st.one_of(day, moment)),
    st.builds(t.Now),
    st.builds(t.StateTime, side, word),
    st.builds(t.TimeOf, word, first=st.booleans()),
    st.builds(t.CountOf, path),
)
literal = st.one_of(
    name, number, duration, st.builds(t.Text, quoted), st.builds(t.Truth, st.booleans())
)


def _wider(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    return st.one_of(
        st.builds(t.Arithmetic, st.sampled_from("+-"), inner, inner),
        st.builds(
            t.Select,
            st.sampled_from(("earlier", "later")),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(t.PeriodBound, side, st.sampled_from(("month", "year")), inner),
        st.builds(t.DaysBetween, inner, inner),
    )


expression = st.recursive(leaf, _wider, max_leaves=5)

actor = st.builds(t.Actor, word, st.sampled_from((0, 0, 1, 20)))
actors = st.lists(actor, min_size=1, max_size=4).map(tuple)
excepted = st.one_of(st.just(()), actors)
bearer = st.one_of(
    st.builds(t.Bearer, st.sampled_from(("any", "each")), actors, excepted),
    st.builds(t.Bearer, st.just("none"), st.just(()), excepted),
)
# In a list of steps a comma ends the bearer.
single = st.builds(t.Bearer, st.just("any"), actor.map(lambda a: (a,)))

ORDER = ("at least", "at most", "above", "below", "before", "after", "on or before", "on or after")
simple = st.one_of(
    path,
    st.builds(t.Compare, st.sampled_from(("is", "is not", *ORDER)), expression, expression),
    st.builds(t.Compare, st.just("includes"), path, expression),
    st.builds(t.Compare, st.sampled_from(("within", "shares with")), path, path),
    st.builds(t.Member, expression, st.lists(expression, min_size=1, max_size=8).map(tuple)),
    st.builds(t.Member, expression, st.just(()), path),
    st.builds(t.Stated, path),
    st.builds(t.InEffect, word),
    st.builds(
        t.Done, word, st.one_of(st.none(), bearer), st.just(False), st.one_of(st.none(), expression)
    ),
    st.builds(t.Done, word, st.none(), st.booleans(), st.one_of(st.none(), expression)),
    st.builds(t.Happened, word, st.one_of(st.none(), expression)),
    st.builds(t.ActorIs, path),
)


def _joined(kind: type, items: list[t.Condition]) -> t.Condition:
    """Lists within lists are one list, as the parser reads them."""
    flat: list[t.Condition] = []
    for item in items:
        flat += item.items if isinstance(item, kind) else (item,)
    return kind(tuple(flat))


def _compound(inner: st.SearchStrategy[t.Condition]) -> st.SearchStrategy[t.Condition]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.builds(t.Not, inner),
        several.map(lambda items: _joined(t.All, items)),
        several.map(lambda items: _joined(t.Any, items)),
        st.builds(
            t.Counted,
            st.sampled_from(("at least", "exactly")),
            st.integers(0, 9),
            several.map(tuple),
        ),
        st.builds(
            t.Quantified, st.sampled_from(("every", "some", "no")), st.just(0), word, path, inner
        ),
        st.builds(t.Quantified, st.just("at least"), st.integers(0, 9), word, path, inner),
    )


condition = st.recursive(simple, _compound, max_leaves=12)

ref = st.builds(t.Ref, label, st.one_of(st.just(""), word))
refs = st.lists(ref, min_size=1, max_size=4).map(tuple)
step = st.builds(t.Step, word, st.one_of(st.none(), single), st.one_of(st.none(), duration))
trigger = st.one_of(
    st.builds(t.Trigger, st.just("act-or-event"), word, st.one_of(st.none(), bearer)),
    st.builds(t.Trigger, side, word),
)
one_name = name.map(lambda n: (n,))
span_of_dates = st.tuples(day, st.one_of(st.just(""), day))


def effect(verb: str) -> st.SearchStrategy[t.Effect]:
    plain = st.builds(t.Effect, st.just(verb), word)
    if verb not in ("begins", "continues"):
        return plain
    return st.one_of(
        plain,
        st.builds(t.Effect, st.just(verb), word, duration),
        st.builds(t.Effect, st.just(verb), word, st.none(), expression),
        *(
            [st.builds(t.Effect, st.just(verb), word, duration, start=expression)]
            if verb == "begins"
            else []
        ),
    )


def clause(kind: str, word_: str) -> st.SearchStrategy[t.Clause]:
    """A clause of that word, as it is on that kind of norm."""
    fields: dict[str, st.SearchStrategy[object]]
    match word_:
        case "when" | "unless" | "with" | "so that" | "until" | "limited to":
            fields = {"condition": condition}
        case "after" if kind == "lapse":
            fields = {"duration": duration}
        case "after":
            fields = {"steps": st.lists(step, min_size=1, max_size=6).map(tuple)}
        case "stating" | "recording" | "enabling":
            fields = {"names": names}
        case "before" | "for each":
            fields = {"names": one_name}
        case "to":
            fields = {"bearer": bearer}
        case "waived by":
            fields = {"bearer": bearer, "names": st.one_of(st.just(()), one_name)}
        case "within":
            fields = {"duration": duration, "trigger": trigger}
        case "on":
            fields = {"trigger": trigger}
        case "by" | "at":
            fields = {"expr": expression}
        case "every":
            fields = {"duration": duration, "names": st.one_of(st.just(()), one_name)}
        case "if breached":
            escalation = st.builds(t.Effect, st.just("escalates"), word)
            fields = {"effect": st.one_of(effect("begins"), effect("ends"), escalation)}
        case "depth":
            fields = {"number": whole}
        case "for":
            fields = {"duration": duration}
        case "notwithstanding" | "subject to" | "replaces":
            fields = {"refs": refs}
        case "in force" | "from":
            fields = {"dates": span_of_dates}
        case "known":
            fields = {"dates": st.tuples(day, st.just(""))}
        case _:
            fields = {"effect": effect(word_)}
    return st.builds(t.Clause, st.just(word_), **fields)


MODES = {
    "power": ("may",),
    "permission": ("may", "need not"),
    "duty": ("must",),
    "prohibition": ("may not",),
    "right": ("right",),
    "immunity": ("immune",),
    "disability": ("no power",),
    "limit": ("may only",),
}


@st.composite
def norm(draw: st.DrawFn) -> t.NormStatement:
    kind = draw(st.sampled_from(tuple(BY_KIND)))
    fields: dict[str, object] = {}
    if kind in MODES:
        fields["mode"] = draw(st.sampled_from(MODES[kind]))
        who = (
            bearer
            if kind in ("prohibition", "disability")
            else bearer.filter(lambda b: b.mode != "none")
        )
        fields["bearer"] = draw(who)
        fields["acts"] = draw(one_name)
        fields["thing"] = draw(st.one_of(st.none(), name))
    elif kind == "delegation":
        fields["mode"] = "may delegate"
        fields["bearer"] = draw(bearer.filter(lambda b: b.mode != "none"))
        fields["acts"] = draw(names)
        fields["recipients"] = draw(bearer)
        fields["by_act"] = draw(name)
    elif kind == "lapse":
        fields |= {"mode": "lapses", "state": draw(name)}
    elif kind == "override":
        fields |= {"mode": "prevails", "refs": draw(refs), "over": draw(refs)}
    else:
        fields |= {"mode": "refs", "refs": draw(refs)}
    forms = BY_KIND[kind]
    once = {word_ for word_, form in forms.items() if form.once}
    chosen = draw(st.lists(st.sampled_from(tuple(forms)), max_size=5))
    kept = [w for i, w in enumerate(chosen) if w not in once or w not in chosen[:i]]
    clauses = tuple(draw(clause(kind, word_)) for word_ in kept)
    title = draw(maybe_text)
    return t.NormStatement(kind, draw(label), title, clauses=clauses, **fields)  # type: ignore[arg-type]


attribute_type = st.one_of(
    st.builds(
        t.TypeName, st.sampled_from(("yes-no", "number", "text", "date", "duration", "emergency"))
    ),
    st.builds(t.TypeName, st.just("number"), st.sampled_from(("days", "dollars", "working days"))),
    st.builds(t.TypeName, st.sampled_from(("set", "list")), word),
)
attribute = st.one_of(
    st.builds(t.Attribute, word, attribute_type, maybe_text, st.booleans()),
    st.builds(t.Attribute, word, attribute_type, maybe_text, st.just(False), literal),
)

weekday = st.sampled_from(t.WEEKDAYS)
month = st.sampled_from(tuple(t.MONTHS))
day_of_month = st.integers(1, 28)
year = st.integers(0, 2100)
observed = st.lists(
    st.tuples(weekday, weekday).filter(lambda pair: pair[0] != pair[1]),
    max_size=3,
    unique_by=lambda pair: pair[1],
).map(tuple)


def rule(form: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[t.HolidayRule]:
    if form != "date":
        fields |= {"since": year, "until": year}
    return st.builds(t.HolidayRule, st.just(form), maybe_text, **fields)


holiday_rule = st.one_of(
    rule("date", date=day),
    rule("fixed", day=day_of_month, month=month, observed=observed),
    rule("easter", number=st.integers(-180, 180)),
    rule("orthodox easter", number=st.integers(-180, 180)),
    rule("before", day=day_of_month, month=month, weekday=weekday),
    rule("after", day=day_of_month, month=month, weekday=weekday),
    rule("nth", number=st.sampled_from((1, 2, 5, -1)), month=month, weekday=weekday),
    rule("weekday", weekday=weekday),
)
sitting_rule = st.builds(
    t.SittingRule,
    st.lists(weekday, max_size=5).map(tuple),
    day,
    day,
    st.lists(day, max_size=12).map(tuple),
    st.booleans(),
)

DECLARATION_LINES = {
    "body": ("is", "in", "members", "quorum", "reports to", "succession", "vacant"),
    "office": ("is", "in", "reports to", "succession", "vacant"),
    "person": ("is",),
    "act": ("is", "on", "reserved", "material", "excludes"),
    "thing": ("is",),
    "state": ("of",),
    "event": (),
    "calendar": (
        "zone",
        "weekend",
        "holiday",
        "sitting",
        "adjourned",
        "rolls forward",
        "counts the first day",
    ),
}


def line(word_: str) -> st.SearchStrategy[t.Line]:
    match word_:
        case "quorum":
            return st.builds(t.Line, st.just(word_), number=whole)
        case "vacant":
            return st.builds(t.Line, st.just(word_), dates=span_of_dates)
        case "reserved" | "material" | "counts the first day":
            return st.just(t.Line(word_))
        case "rolls forward":
            return st.builds(t.Line, st.just(word_), st.one_of(st.just(()), one_name))
        case "zone":
            return st.just(t.Line(word_, (t.Name("America/Toronto"),)))
        case "weekend":
            days = st.lists(weekday.map(t.Name), min_size=1, max_size=7).map(tuple)
            return st.builds(t.Line, st.just(word_), days)
        case "holiday":
            return st.builds(t.Line, st.just(word_), holiday=holiday_rule)
        case "adjourned":
            return st.builds(t.Line, st.just(word_), one_name, dates=st.tuples(day, day))
        case "sitting":
            listed = st.lists(day, min_size=1, max_size=30).map(tuple)
            return st.one_of(
                st.builds(t.Line, st.just(word_), one_name, dates=listed),
                st.builds(t.Line, st.just(word_), one_name, sitting=sitting_rule),
            )
        case "is" | "succession" | "excludes":
            return st.builds(t.Line, st.just(word_), names)
    return st.builds(t.Line, st.just(word_), one_name)


@st.composite
def definition(draw: st.DrawFn) -> t.Declaration:
    kind = draw(attribute_type)
    meaning = draw(condition if kind.base == "yes-no" else expression)
    return t.Declaration("definition", draw(word), draw(maybe_text), type=kind, meaning=meaning)


@st.composite
def declaration(draw: st.DrawFn) -> t.Declaration:
    kind = draw(st.sampled_from((*DECLARATION_LINES, "kind", "levels", "fact", "actor")))
    if kind == "fact":
        found = draw(attribute)
        return t.Declaration(kind, found.name, found.description, attributes=(found,))
    called = "actor" if kind == "actor" else draw(word)
    values: tuple[t.Value, ...] = ()
    attributes: tuple[t.Attribute, ...] = ()
    lines: tuple[t.Line, ...] = ()
    if kind in ("kind", "levels"):
        values = tuple(draw(st.lists(st.builds(t.Value, word, maybe_text), max_size=4)))
    if kind in ("act", "thing", "state", "event", "actor"):
        attributes = tuple(draw(st.lists(attribute, max_size=4)))
    allowed = DECLARATION_LINES.get(kind, ())
    if allowed:
        chosen = draw(st.lists(st.sampled_from(allowed), max_size=4))
        lines = tuple(draw(line(word_)) for word_ in chosen)
    return t.Declaration(kind, called, draw(maybe_text), values, attributes, lines)


@st.composite
def assurance(draw: st.DrawFn) -> t.AssuranceStatement:
    form = draw(st.sampled_from(t.ASSURANCE_FORMS))
    given = bearer.filter(lambda b: b.mode != "none")
    fields: dict[str, object] = {}
    clauses: list[t.Clause] = []
    if form == "ends":
        fields |= {"state": draw(name), "within": draw(duration)}
        renewal = st.builds(t.Step, word, single)
        steps = draw(st.lists(renewal, max_size=6).map(tuple))
        clauses += [t.Clause("unless", steps=steps)] if steps else []
    elif form == "holders":
        fields |= {"bearer": draw(st.one_of(st.none(), given)), "vacant": draw(st.integers(0, 9))}
    else:
        if form not in ("always someone", "undisputed"):
            fields["bearer"] = draw(bearer if form.startswith("never") else given)
        fields["acts"] = draw(st.tuples(name, name) if form == "never both" else one_name)
        if form != "never both":
            fields["thing"] = draw(st.one_of(st.none(), name))
        if form == "undisputed" and draw(st.booleans()):
            fields |= {"acts": (), "thing": None}
        words = draw(st.lists(st.sampled_from(("when", "unless")), max_size=4))
        clauses += [draw(clause("power", each)) for each in words]
    title = draw(maybe_text)
    return t.AssuranceStatement(draw(label), title, form, clauses=tuple(clauses), **fields)  # type: ignore[arg-type]


statement = st.one_of(norm(), assurance(), declaration(), definition())

assert not RESERVED & set(WORDS)
