"""Random editions of a small book, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.editions.spec import FRONT, book
from writ.book.model import Book

WORDS = """\
levels tier "how grave"
  low "low"
  middle "middle"
  high "high"
office officer "an officer"
office minister "the minister"
  is officer
office clerk "the clerk"
body house "the house"
act deal "deal"
act sign "sign"
  is deal
act consult "consult"
act inform "inform"
act delegate "delegate"
state alarm "the alarm is on"
fact urgent: yes-no "urgent"
fact known: yes-no "known"
fact doubt: yes-no "doubt", unknown if not stated
fact amount: number "amount"
fact gravity: tier "how grave"
"""

CONDITIONS = (
    "urgent",
    "not known",
    "urgent or known",
    "amount above 5",
    "amount above 9",
    "gravity at least middle",
    "gravity in {low, high}",
    "alarm in effect",
)
BEARERS = ("minister", "clerk", "officer", "minister, clerk", "at least 2 of officer")
ACTS = ("deal", "sign", "consult")
DATES = ("", "in force from 2010-01-01", "in force from 2010-01-01 until 2019-12-31")

conditions = st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True)


@st.composite
def norms(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A norm without its label: its kind with its line, and its clauses, whose order means nothing."""
    kind = draw(st.sampled_from(("power", "permission", "prohibition", "limit", "duty", "lapse")))
    who, act = draw(st.sampled_from(BEARERS)), draw(st.sampled_from(ACTS))
    line = {
        "power": f"{who} may {act}",
        "permission": f"{who} may {act}",
        "prohibition": f"{who} may not {act}",
        "limit": f"{who} may {act} only",
        "duty": f"{who} must {act}",
        "lapse": "alarm lapses",
    }[kind]
    clauses = [f"when {one}" for one in draw(conditions)]
    if kind == "lapse":
        clauses.append(f"after {draw(st.integers(1, 3))} days")
    if kind == "duty":
        clauses.append(f"within {draw(st.integers(1, 3))} days of inform")
    if kind in ("power", "limit", "permission"):
        clauses += draw(st.sampled_from(((), ("after inform",), ("with known",))))
    if kind == "power":
        clauses += draw(st.sampled_from(((), ("begins alarm for 9 days",), ("begins alarm",))))
    clauses += filter(None, [draw(st.sampled_from(DATES))])
    return f"{kind} {{}}\n  {line}", tuple(clauses)


Texts = list[tuple[str, tuple[str, tuple[str, ...]]]]
"""Labels with norms."""

labels = st.sampled_from(("1", "2", "2(1)", "3"))
editions = st.lists(st.tuples(labels, norms()), min_size=1, max_size=6)


def made(texts: Texts) -> Book:
    """The book of these norms, in this order."""
    front = "".join(f"{key}: {value}\n" for key, value in FRONT.items())
    said = "".join(
        "\n".join([line.format(label), *(f"  {clause}" for clause in clauses)]) + "\n\n"
        for label, (line, clauses) in texts
    )
    return book({"act.md": f"---\n{front}---\n# Act\n\n```writ\n{WORDS}\n{said}```\n"})
