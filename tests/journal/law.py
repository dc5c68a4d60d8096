"""A small book with one of everything that a journal speaks of."""

from __future__ import annotations

from functools import cache

from writ.book.load import load_texts
from writ.book.model import Book

BOOK = """\
---
book: floods
title: Law of Floods
calendar: town
---
"""

ACT = """\
---
id: act
title: Flood Act
kind: statute
citation: Act
cite-as: s. {}
top: true
in-force: 2020-01-01
calendar: town
---

# Flood Act

```writ
kind cause "what it comes from"
  rain
  dam

levels level
  open
  secret
  top-secret

body council "the council"
  members member
  quorum 2

office member "a member of the council"
office mayor "the mayor"
  in council
  succession deputy
  vacant from 2021-06-01 until 2021-06-30
office deputy "the deputy"
  in council
office clerk "the clerk"
person resident "who lives there"

thing record "a record"
  level: level
  tags: set of cause
  lines: list of line
  author: person-id
thing file
  is record
thing line
  amount: number of euros
  settled: yes-no
  items: list of record

actor
  trained: date
  clearance: level

state alarm "an alarm is in effect"
  of record
  kind: cause
  area: text

event storm "a storm"
  place: text

fact grave: yes-no
fact height: number of days
fact told: date
fact delay: duration
fact remark: text

act declare "declare an alarm"
  on record
  kind: cause
  area: text
  why: text
act end-alarm "end it"
  on record
act read-record
  on record
act report
act move "move a motion"
act sign-delegation "delegate"
  level: level
act revoke-delegation
act dance

calendar town
  zone America/Toronto
  holiday 1 january "New Year"
```

## 1 Alarm

```writ
power 1
  mayor may declare
  begins alarm for 30 days
```

## 2 End

```writ
power 2
  mayor, deputy may end-alarm
  ends alarm
```

## 3 Report

```writ
duty 3
  clerk must report
  within 7 days of declare
```

## 4 Delegation

```writ
power 4
  mayor may read-record
power 4(2)
  mayor may sign-delegation
delegation 4(3)
  mayor may delegate read-record to clerk by sign-delegation
power 4(4)
  mayor may revoke-delegation
permission 4(5)
  member may move
```
"""

LATER = """\
---
id: later
title: Dance Act
kind: statute
citation: Later
cite-as: s. {}
top: true
in-force: 2022-01-01
---

# Dance Act

## 1 Dance

```writ
permission 1
  mayor may dance
```
"""

FILES = {"book.md": BOOK, "act.md": ACT, "later.md": LATER}


@cache
def floods() -> Book:
    """The book, which must compile."""
    book, found = load_texts(FILES)
    assert not [one for one in found if one.severity == "error"], found
    return book
