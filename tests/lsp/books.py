"""Books for the tests of the editor."""

from __future__ import annotations

from pathlib import Path

BOOKS = Path(__file__).resolve().parents[2] / "books"

HARBOUR = {
    "book.md": "---\nbook: harbour\ntitle: Harbour 🚢\n---\n# Harbour\n",
    "act.md": """---
id: act
title: Harbour Act
kind: statute
cite-as: s. {}
top: true
in-force: 2010-05-01
enacted-by: council
---
# Harbour Act 🚢

## 1 Words

```writ
body council "the council"

office master "the harbour master"
  reports to council

act close-basin "close a basin to ships"
  on basin
  reserved
  danger: yes-no "there is danger to life"
  grade: grade "how bad"

act warn-ships "warn the ships"

act declare "declare an alarm"

thing basin "a basin"
  depth: number "in metres"

levels grade "lowest first"
  low "a little"
  high "much"

state alarm "an alarm is raised"

event storm "a storm comes"

fact urgent: yes-no "there is no time"

definition pressing: yes-no "it cannot wait"
  means urgent
```

## 2 Closing

```writ
power 2(1)
  master may close-basin
  when danger and grade at least high
  after warn-ships
  begins alarm for 30 days

permission 2(2)
  master may warn-ships
  unless alarm in effect

power 2(3)
  council may declare
  when pressing or storm happened
  ends alarm
```
""",
    "rules.md": """---
id: rules
title: Rules
kind: regulation
cite-as: r. {}
under: act 2(1)
enacted-by: master
in-force: 2011-01-01
---
# Rules

## 1 No closing

```writ
prohibition 1
  no one except council may close-basin
  when basin.depth below 3
  subject to act 2(1)
```

## 2 Warning

```writ
duty 2
  master must warn-ships
  within 2 days of close-basin
  when urgent
```
""",
    "harbour.cases.yaml": """cases:
  - id: closing
    ask: May the master close?
    request: {actor: master, act: close-basin, at: 2020-01-01,
      facts: {danger: yes, grade: high, basin.depth: 9}, done: [warn-ships]}
    outcome: permitted
    cites: [s. 2(1)]
""",
    "march.journal": """journal "March"
  book harbour

2026-03-01 warning: master did warn-ships
2026-03-01 fire: master did close-basin
  where danger, grade is high
expect 2026-03-02 state alarm in effect
  cites "s. 2(1)"
""",
}


def written(folder: Path, texts: dict[str, str] = HARBOUR) -> Path:
    """A book in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    return folder
