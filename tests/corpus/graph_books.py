"""A small book whose graph can be counted by hand."""

from __future__ import annotations

import datetime as dt

from writ.book.load import load_texts
from writ.book.model import Book
from writ.corpus.graph.building import build
from writ.corpus.graph.model import Graph
from writ.diagnostics import failed

DAY = dt.date(2025, 1, 1)
CONSTITUTION = """---
id: constitution
title: Constitution
kind: constitution
cite-as: Art. {}
top: true
in-force: 2000-01-01
---

# Constitution

## 1 Parliament makes law

```writ
body parliament "Parliament"

body ministry "the Ministry"

office minister "the Minister"
  in ministry

office secretary "the Secretary"
  reports to minister
  succession clerk

office clerk "the Clerk"
  reports to secretary

office auditor "the Auditor"

act legislate "make statutes"
  reserved

act open-gate "open a gate"
  reserved

act report "report on the gates"

act inspect "inspect the gates"

act consult-auditor "consult the Auditor"

act delegate-gates "delegate the gates"

state opening "the gates are open"

power 1
  parliament may legislate
  enabling legislate
```
"""
ACT = """---
id: gates-act
title: Gates Act
kind: statute
cite-as: s. {}
under: constitution 1
enacted-by: parliament
in-force: 2001-01-01
owner: minister
---

# Gates Act

## 1 Opening

### 1(1) Power

The Minister may open the gates, after consulting the Auditor.

```writ
power 1(1)
  minister may open-gate
  after consult-auditor
  begins opening for 30 days
```

### 1(2) Delegation

```writ
delegation 1(2)
  minister may delegate open-gate to secretary by delegate-gates
```

## 2 Reports

The Minister reports to Parliament within a week of an opening.

```writ
duty 2
  minister must report
    to parliament
  within 7 days of open-gate

prohibition 2(2)
  no one except minister may open-gate
  notwithstanding 3
```

## 3 Freedom

```writ
permission 3
  clerk may open-gate
```

## 29 Old law

## 29.26 No part of it
"""
REGULATION = """---
id: gate-rules
title: Gate Rules
kind: regulation
cite-as: r. {}
under: gates-act 1(1)
in-force: 2002-01-01
---

# Gate Rules

## 1 Inspection

The Secretary inspects the gates.

```writ
duty 1
  secretary must inspect
```

## 2 Inspection again

```writ
duty 2
  auditor must inspect

repeal 2(2)
  gates-act 3
  from 2010-01-01
```
"""
TEXTS = {
    "book.md": "---\nbook: gates\ntitle: Law of Gates\n---\n",
    "constitution.md": CONSTITUTION,
    "gates-act.md": ACT,
    "gate-rules.md": REGULATION,
}


def gates(**changes: str) -> Book:
    """The book, with other files in the place of some: `gates_act="---\\nid: …"`."""
    texts = {**TEXTS, **{f"{name.replace('_', '-')}.md": text for name, text in changes.items()}}
    book, found = load_texts(texts)
    assert not failed(found), [each.message for each in found]
    return book


def graph(**changes: str) -> Graph:
    """Its graph on the day."""
    return build(gates(**changes), DAY)
