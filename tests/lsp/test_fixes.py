"""Every quick fix, through the server: after it is taken, the diagnostic that it belongs to is gone."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.books import HARBOUR
from tests.lsp.editor import Editor
from writ.lsp.analysis.fixes import _BY_CODE

ACT, RULES = HARBOUR["act.md"], HARBOUR["rules.md"]

FIXES = [
    # code, file, what is replaced, by what, the title of the fix
    ("V201", "rules.md", "master must", "mastr must", "replace `mastr` by `master`"),
    ("V201", "rules.md", "master must", "quaymaster must", "declare the office `quaymaster`"),
    ("V201", "rules.md", "master must", "quayside must", "declare the body `quayside`"),
    ("V201", "rules.md", "master must", "sailor must", "declare the person `sailor`"),
    ("V201", "rules.md", "must warn-ships", "must whistle", "declare the act `whistle`"),
    ("V201", "rules.md", "of close-basin", "of thunder", "declare the event `thunder`"),
    ("V201", "act.md", "begins alarm", "begins panic", "declare the state `panic`"),
    ("V201", "act.md", "  on basin\n", "  on pier\n", "declare the thing `pier`"),
    ("V201", "rules.md", "when urgent", "when raining", "declare the fact `raining`"),
    (
        "V201",
        "rules.md",
        "when urgent",
        "when raining",
        "declare the attribute `raining` of `warn-ships`",
    ),
    (
        "V201",
        "rules.md",
        "basin.depth below 3",
        "basin.muddy",
        "declare the attribute `muddy` of `basin`",
    ),
    (
        "V201",
        "rules.md",
        "when urgent",
        "when actor.sober",
        "declare the attribute `sober` of `actor`",
    ),
    ("V201", "act.md", "at least high", "at least hgih", "replace `hgih` by `high`"),
    ("V201", "act.md", "unless alarm", "unless depth above 2 and alarm", "write `basin.depth`"),
    (
        "V203",
        "act.md",
        "unless alarm in effect",
        "unless alarm",
        "replace `alarm` by `alarm in effect`",
    ),
    ("V205", "rules.md", "depth below 3", "depth before 3", "replace `before` by `below`"),
    ("V230", "rules.md", "act 2(1)\n```", "act 2(l)\n```", "replace `2(l)` by `2(1)`"),
    ("V230", "rules.md", "subject to act 2(1)", "subject to actt 2(1)", "replace `actt` by `act`"),
    ("V223", "rules.md", "duty 2\n", "duty 3\n", "put it under a heading `3`"),
    ("V243", "rules.md", "enacted-by:", "enacted-bye:", "replace `enacted-bye` by `enacted-by`"),
    ("V244", "rules.md", "title: Rules\n", "", "add `title: Rules`"),
    ("V244", "rules.md", "kind: regulation\n", "", "add `kind: protocol`"),
    ("V244", "rules.md", "in-force: 2011-01-01\n", "", "add `in-force: on commencement`"),
    ("V244", "rules.md", "id: rules\n", "", "add `id: rules`"),
    (
        "V245",
        "rules.md",
        "kind: regulation",
        "kind: regulaton",
        "replace `regulaton` by `regulation`",
    ),
    ("S130", "rules.md", "duty 2\n", "duyt 2\n", "replace `duyt` by `duty`"),
    ("S131", "rules.md", "  when urgent", "when urgent", "indent the line"),
    ("S146", "rules.md", "duty 2\n", "  duty 2\n", "move it to the first column"),
    ("S143", "act.md", "\nfact urgent", "\n  fact urgent", "move it to the first column"),
    ("S121", "act.md", '"there is no time"', '"there is no time', "close the text"),
    ("S120", "act.md", '"there is no time"', "“there is no time”", "write straight quotes"),
    ("S120", "act.md", "warn-ships\n  unless", "warn–ships\n  unless", "write a hyphen"),
    ("S120", "rules.md", "when urgent", "when Urgent_Now", "write `urgent-now`"),
    ("S120", "rules.md", "when urgent", "when urgent.", "drop the stop"),
    ("S114", "rules.md", "  when urgent\n```\n", "  when urgent\n", "close the block"),
    ("S116", "rules.md", "```writ\nduty", "```wirt\nduty", "replace `wirt` by `writ`"),
    (
        "S113",
        "rules.md",
        "in-force: 2011-01-01\n---\n",
        "in-force: 2011-01-01\n",
        "close the front matter",
    ),
    (
        "V255",
        "act.md",
        "\nfact urgent",
        '\nfact idle: yes-no "x"\n\nfact urgent',
        "delete the fact `idle`",
    ),
    (
        "V255",
        "act.md",
        '  danger: yes-no "there',
        '  idle: yes-no "x"\n  danger: yes-no "there',
        "delete the attribute `idle`",
    ),
    (
        "V255",
        "act.md",
        "\nfact urgent",
        '\nstate idle "x"\n\nfact urgent',
        "delete the state `idle`",
    ),
    (
        "G807",
        "act.md",
        'act declare "declare an alarm"',
        "act declare",
        'add the description "declare"',
    ),
    (
        "G807",
        "act.md",
        'yes-no "there is danger to life"',
        "yes-no",
        'add the description "danger"',
    ),
    (
        "G807",
        "act.md",
        'urgent: yes-no "there is no time"',
        "urgent: yes-no",
        'add the description "urgent"',
    ),
    (
        "C410",
        "rules.md",
        "duty 2\n",
        "prohibition 2(1)\n  no one except council may close-basin\n  when basin.depth below 3\n"
        "  subject to act 2(1)\n\nduty 2\n",
        "delete the prohibition `2(1)`",
    ),
    (
        "C407",
        "rules.md",
        "duty 2\n",
        "permission 2(1)\n  master may declare\n  subject to 2(2)\n\n"
        "prohibition 2(2)\n  no one may declare\n\nduty 2\n",
        "delete the permission `2(1)`",
    ),
    (
        "V204",
        "rules.md",
        "when urgent\n```",
        'when weight above 2\n```\n\n```writ\nact heavy "h"\n  is warn-ships, loud\n'
        'act loud "l"\n  weight: number "w"\nact quiet "q"\n  weight: number "w"\n'
        "delegation 2(9)\n  master may delegate loud, quiet to council by heavy\n"
        "  limited to weight above 2\n```",
        "write `loud.weight`",
    ),
]


@pytest.mark.parametrize(
    ("code", "path", "old", "new", "title"),
    FIXES,
    ids=[f"{code}-{title.replace('`', '')}" for code, *_, title in FIXES],
)
def test_after_the_fix_the_diagnostic_is_gone(
    fresh: Editor, code: str, path: str, old: str, new: str, title: str
) -> None:
    text = HARBOUR[path]
    assert old in text
    fresh.open(path, text.replace(old, new, 1))
    found = fresh.diagnostics(path)
    wrong = [each for each in found if each.code == code]
    assert wrong, [(each.code, each.message) for each in found]
    actions = [action for each in wrong for action in asked(fresh, path, each)]
    chosen = next((each for each in actions if each.title == title), None)
    assert chosen is not None, [each.title for each in actions]
    assert chosen.edit is not None
    assert chosen.diagnostics is not None
    gone = chosen.diagnostics[0].message
    fresh.apply(chosen.edit)
    after = fresh.diagnostics(path)
    assert gone not in [each.message for each in after]


def asked(editor: Editor, path: str, found: types.Diagnostic) -> list[types.CodeAction]:
    params = types.CodeActionParams(
        editor.document(path), found.range, types.CodeActionContext([found])
    )
    listed = editor.ask(types.TEXT_DOCUMENT_CODE_ACTION, params)
    return [each for each in listed or () if each.diagnostics[0].message == found.message]


def test_every_code_with_a_fix_is_tried_above() -> None:
    tried = {code for code, *_ in FIXES}
    assert set(_BY_CODE) - {"S140"} <= tried


def test_windows_ends_of_line_stay(fresh: Editor) -> None:
    text = HARBOUR["rules.md"].replace("when urgent", "when raining").replace("\n", "\r\n")
    fresh.open("rules.md", text)
    wrong = fresh.diagnostics("rules.md")
    action = next(each for each in asked(fresh, "rules.md", wrong[0]) if "fact" in each.title)
    assert action.edit is not None
    fresh.apply(action.edit)
    assert fresh.texts["rules.md"].count("\n") == fresh.texts["rules.md"].count("\r\n")
    assert not any(each.code == "V201" for each in fresh.diagnostics("rules.md"))
