"""A small law on floods, with whatever a test adds to it."""

from __future__ import annotations

from writ.book.load import load_texts
from writ.book.model import Book

CONSTITUTION = """\
---
id: constitution
title: Constitution
kind: constitution
cite-as: Const. {}
top: true
in-force: 2000-01-01
---

```writ
calendar capital
  zone UTC

body parliament "Parliament"
body ministry "Ministry of Floods"
office minister "Minister of Floods"
  in ministry
office deputy "the Deputy Minister"
  in ministry
office governor "a governor of a province"
person resident "a person who lives there"

levels severity "how bad, least first"
  watch
  danger

act pass-statute "pass a statute"
  reserved
act declare "declare a flood; for as long as it lasts"
  severity: severity "how bad it is"
  reserved
act prolong "prolong the flood"
  reserved
act order "order people to leave"
  night: yes-no "it is done at night"
  reserved
act hand-over "delegate the ordering"
  reserved
act report "report to Parliament"
act enter "enter the area"
event storm "a storm warning was given"
state flood "a flood is declared"
  severity: severity "how bad it was declared to be"
fact rescue: yes-no "it saves a life"

power 2
  parliament may pass-statute
  enabling order, enter, declare, report, prolong, hand-over
```
"""

ACT = """\
---
id: act
title: Flood Act
kind: statute
cite-as: s. {{}}
enacted-by: parliament
under: constitution 2
enacted: 2020-01-01
in-force: 2020-01-01
calendar: capital
---

```writ
{norms}
```
"""


def law(norms: str, higher: str = "", office: str = "") -> Book:
    """The law with these statements in the Act, and those in the constitution; `office` is said of the minister."""
    front = "---\nbook: floods\ntitle: Floods\ncalendar: capital\n---\n"
    named = 'office minister "Minister of Floods"\n  in ministry'
    constitution = CONSTITUTION.replace(named, named + office) + (
        f"\n```writ\n{higher}\n```\n" if higher else ""
    )
    book, found = load_texts(
        {"book.md": front, "constitution.md": constitution, "act.md": ACT.format(norms=norms)}
    )
    assert found == [], [str(one) for one in found]
    return book
