"""A large synthetic book: N norms over M instruments, in the shapes that the books of real law have.

Ten norms an instrument, six lines each: powers with conditions, limits and effects, prohibitions, duties with
periods, permissions with exceptions. Deterministic: the same sizes give the same text.
"""

from __future__ import annotations

import random
from pathlib import Path

OFFICES, ACTS, FACTS, STATES = 400, 800, 300, 60
KINDS = {
    "sector": [f"sector-{n}" for n in range(24)],
    "region": [f"region-{n}" for n in range(40)],
}
LEVELS = ["open", "restricted", "confidential", "secret", "top-secret"]

CHARTER = """---
id: charter
title: Charter
kind: constitution
citation: Charter
cite-as: Charter art. {}
top: true
in-force: 1990-01-01
---
# Charter

## 1 Making of instruments

```writ
body assembly "the assembly"

act make-instrument "make an instrument"

act affair "anything that instruments may be about"

power 1
  assembly may make-instrument
  enabling affair

permission 1
  assembly may affair
```

## 2 Words

```writ
"""


def charter() -> str:
    lines = [CHARTER]
    for kind, values in KINDS.items():
        lines.append(f'kind {kind} "{kind}s of the realm"\n')
        lines += [f'  {value} "the {value}"\n' for value in values]
    lines.append('levels grade "grades, lowest first"\n')
    lines += [f'  {level} "{level}"\n' for level in LEVELS]
    lines.append(
        'actor\n  grade: grade "the grade of the actor"\n  trained: date "when last trained"\n'
    )
    for n in range(OFFICES):
        above = f"\n  reports to office-{(n - 1) // 4}" if n else ""
        lines.append(f'office office-{n} "office {n}"{above}\n')
    for n in range(ACTS):
        lines.append(
            f'act act-{n} "do thing {n}"\n  is affair\n  sector: sector "where"\n  amount: number "how much"\n'
        )
    lines += [f'fact fact-{n}: yes-no "circumstance {n}"\n' for n in range(FACTS)]
    lines += [f'state state-{n} "state {n}"\n' for n in range(STATES)]
    lines.append("```\n")
    return "".join(lines)


def norm(dice: random.Random, number: int) -> str:
    office, act = dice.randrange(OFFICES), dice.randrange(ACTS)
    fact, other = dice.sample(range(FACTS), 2)
    sector, region = dice.choice(KINDS["sector"]), dice.choice(KINDS["sector"])
    state, amount = dice.randrange(STATES), dice.randrange(1, 5000)
    level = dice.choice(LEVELS[1:])
    # What some may do and what others may not are different acts: a book in order has few conflicts.
    act = act // 2 * 2 + (number % 5 == 1)
    match number % 5:
        case 0:
            return (
                f"power {number}\n  office-{office} may act-{act}\n"
                f"  when fact-{fact} and sector is {sector}\n  after act-{dice.randrange(ACTS)}\n"
                f"  with fact-{other}\n  begins state-{state} for {amount % 90 + 1} days\n"
            )
        case 1:
            return (
                f"prohibition {number}\n  no one except office-{office} may act-{act}\n"
                f"  when sector in {{{sector}, {region}}}\n  when amount above {amount}\n"
                f"  unless fact-{fact}\n  unless state-{state} in effect\n"
            )
        case 2:
            return (
                f"duty {number}\n  office-{office} must act-{act}\n  to assembly\n"
                f"  within {amount % 60 + 1} days of act-{dice.randrange(ACTS)}\n"
                f"  when fact-{fact} or fact-{other}\n  waived by assembly\n"
            )
        case 3:
            return (
                f"permission {number}\n  office-{office} may act-{act}\n  when sector is {sector}\n"
                f"  when actor.grade at least {level}\n  when fact-{fact} and not fact-{other}\n"
                f"  unless amount above {amount}\n"
            )
    return (
        f"limit {number}\n  assembly may act-{act} only\n  when sector is {sector}\n"
        f"  after act-{dice.randrange(ACTS)} by assembly\n  with actor.grade at least {level}\n"
        f"  unless fact-{fact}\n"
    )


def instrument(dice: random.Random, number: int, norms: int) -> str:
    parts = [
        f"---\nid: instrument-{number}\ntitle: Instrument {number}\nkind: regulation\n"
        f"citation: Instrument {number}\ncite-as: I-{number} s. {{}}\nunder: charter 1\n"
        f"enacted-by: assembly\nin-force: {2000 + number % 25}-01-01\n---\n# Instrument {number}\n"
    ]
    parts += [
        f"\n## {at} On matter {at}\n\nWhat paragraph {at} says, for people to read.\n\n"
        f"```writ\n{norm(dice, at)}```\n"
        for at in range(1, norms + 1)
    ]
    return "".join(parts)


def write(folder: Path, norms: int, instruments: int, seed: int = 7) -> None:
    """Write the book into a new folder."""
    dice = random.Random(seed)
    folder.mkdir(parents=True)
    (folder / "book.md").write_text("---\nbook: corpus\ntitle: A large book\n---\n# A large book\n")
    (folder / "charter.md").write_text(charter())
    each = norms // instruments
    for number in range(instruments):
        (folder / f"instrument-{number:05}.md").write_text(instrument(dice, number, each))
