"""Small books for the tests of the search."""

from collections.abc import Mapping

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import failed

BOOK = "---\nbook: small\ntitle: Small\nranks: [statute, regulation]\n---\n\n# Small\n"
ACT = """---
id: flood-act
title: Flood Act
kind: statute
cite-as: s. {}
top: true
in-force: 2010-01-01
---

# Flood Act

## Words

```writ
office minister "the Minister of Floods"
office deputy "the deputy of the minister"
  is minister
office clerk "a clerk"
act close-road "close a road"
  reserved
act close-bridge "close a bridge"
  is close-road
act report "report to parliament"
state flooding "a flood is in effect"
act declare "declare a flood"
  reserved
```

## Part One

### 1 Meaning

A **flood** is water where none should be; détresse counts too.

### 2 Closing

#### 2(1) Who closes roads

The Minister may close roads in a flood, under section 3.

(a) by day; or

(b) by night, with lanterns.

```writ
power 2(1)
  minister may close-road
  when flooding in effect
power 2(1)(a)
  deputy may close-bridge
```

#### 2(2) Reports

Whoever closes a road must report.

```writ
duty 2(2)
  minister must report
```

### 3 Declaring

```writ
power 3
  minister may declare
  begins flooding for 30 days
prohibition 3 "clerks"
  clerk may not declare
```
"""
RULES = """---
id: flood-rules
title: Flood Rules
kind: regulation
cite-as: Rule {}
under: flood-act 3
in-force: 2015-06-01
repealed: 2020-01-01
---

# Flood Rules

## 1 Lanterns

Lanterns are red. See section 2 of the Flood Act.

## 2 Nobody sleeps

```writ
prohibition 2
  no one except clerk may close-bridge
assurance 2 "nobody declares twice"
  clerk may never declare
```
"""
TINY = {"book.md": BOOK, "act.md": ACT, "rules.md": RULES}


def book_of(texts: Mapping[str, str]) -> Book:
    """The book of these texts, which must compile."""
    book, found = load_texts(texts)
    assert not failed(found), [each.message for each in found]
    return book
