"""An editor's day, end to end: what `writ lsp` answers over its streams."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.books import HARBOUR, written
from tests.lsp.editor import ROOT, Editor

ACT, RULES, CASES, MARCH = "act.md", "rules.md", "harbour.cases.yaml", "march.journal"


def codes(found: list[types.Diagnostic]) -> list[str]:
    return [str(each.code) for each in found]


def place(editor: Editor, method: str, path: str, at: types.Position, **more: Any) -> Any:
    params = {
        types.TEXT_DOCUMENT_HOVER: types.HoverParams,
        types.TEXT_DOCUMENT_DEFINITION: types.DefinitionParams,
        types.TEXT_DOCUMENT_SIGNATURE_HELP: types.SignatureHelpParams,
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: types.DocumentHighlightParams,
        types.TEXT_DOCUMENT_PREPARE_RENAME: types.PrepareRenameParams,
    }[method]
    return editor.ask(method, params(editor.document(path), at, **more))


def hover(editor: Editor, path: str, mark: str, beyond: int = 0) -> str:
    found = place(editor, types.TEXT_DOCUMENT_HOVER, path, editor.at(path, mark, beyond))
    return "" if found is None else str(found.contents.value)


# --- diagnostics


def test_a_sound_book_has_nothing_wrong(fresh: Editor) -> None:
    for path in (ACT, RULES, CASES, MARCH):
        fresh.open(path)
    for path in (ACT, RULES, CASES, MARCH):
        assert fresh.diagnostics(path) == [], path


def test_a_mistake_is_said_where_it_stands_and_goes_when_it_is_mended(fresh: Editor) -> None:
    fresh.open(RULES)
    fresh.replace(RULES, "master must", "mastr must")
    (found,) = fresh.diagnostics(RULES)
    assert (found.code, found.severity, found.source) == (
        "V201",
        types.DiagnosticSeverity.Error,
        "writ",
    )
    start = fresh.at(RULES, "mastr must")
    assert found.range == types.Range(start, types.Position(start.line, start.character + 5))
    assert "did you mean `master`?" in found.message
    assert found.code_description is None  # there is no address to read more at
    fresh.replace(RULES, "mastr must", "master must")
    assert fresh.diagnostics(RULES) == []


def test_a_mistake_in_one_file_shows_in_another(fresh: Editor) -> None:
    fresh.open(ACT)
    fresh.replace(ACT, "act warn-ships", "act warn-vessels")
    assert "V201" in codes(fresh.diagnostics(ACT))
    assert "V201" in codes(fresh.diagnostics(RULES))
    fresh.close(ACT)
    assert fresh.diagnostics(RULES) == []


def test_other_places_are_named(fresh: Editor) -> None:
    fresh.open(RULES)
    fresh.replace(RULES, "duty 2\n", 'office master "another"\n\nduty 2\n')
    found = next(each for each in fresh.diagnostics(RULES) if each.code == "V202")
    assert found.related_information
    assert found.related_information[0].location.uri == fresh.uri(ACT)


def test_what_is_of_no_use_is_greyed(fresh: Editor) -> None:
    fresh.open(ACT)
    fresh.replace(ACT, "\nfact urgent", '\nfact idle: yes-no "idle"\n\nfact urgent')
    found = next(each for each in fresh.diagnostics(ACT) if each.code == "V255")
    assert found.tags == (types.DiagnosticTag.Unnecessary,) or found.tags == [
        types.DiagnosticTag.Unnecessary
    ]


def test_the_server_says_what_the_command_line_says(fresh: Editor) -> None:
    (fresh.folder / RULES).write_text(
        HARBOUR[RULES].replace(
            "duty 2\n", "prohibition 2(1)\n  no one except council may close-basin\n\nduty 2\n"
        )
    )
    fresh.changed_on_disk(RULES)
    import json

    command = [sys.executable, "-m", "writ.cli", "check", "--json", "--no-cache", str(fresh.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    said = json.loads(done.stdout)
    rows = said["diagnostics"] if isinstance(said, dict) else said
    wanted = sorted((each["code"], each["span"]["file"], each["span"]["line"] - 1) for each in rows)
    fresh.settled()
    found = sorted(
        (str(each.code), path, each.range.start.line)
        for path in HARBOUR
        for each in fresh.client.diagnostics.get(fresh.uri(path), ())
    )
    assert found == wanted
    assert found


def test_cases_and_journals_have_theirs(fresh: Editor) -> None:
    fresh.open(CASES)
    fresh.open(MARCH)
    fresh.replace(CASES, "act: close-basin", "act: close-basn")
    fresh.replace(MARCH, "did warn-ships", "did warn-shops")
    assert codes(fresh.diagnostics(CASES)) == ["Q901"]
    assert "J110" in codes(fresh.diagnostics(MARCH))


def test_a_file_outside_any_book_has_its_syntax_checked(fresh: Editor) -> None:
    outside = "../alone.md"
    fresh.open(outside, "# A\n\n```writ\ndtuy 1\n```\n")
    fresh.ask(
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, types.DocumentSymbolParams(fresh.document(outside))
    )
    assert codes(list(fresh.client.diagnostics[fresh.uri(outside)])) == ["S130"]
    fresh.close(outside)


# --- places


def test_definition_and_references_over_files(fresh: Editor) -> None:
    fresh.open(RULES)
    at = fresh.at(RULES, "warn-ships", 3)
    (found,) = place(fresh, types.TEXT_DOCUMENT_DEFINITION, RULES, at)
    assert found.uri == fresh.uri(ACT)
    assert (
        (fresh.folder / ACT)
        .read_text("utf-8")
        .split("\n")[found.range.start.line]
        .startswith("act warn-ships")
    )
    for declared, number in ((True, 7), (False, 6)):
        params = types.ReferenceParams(types.ReferenceContext(declared), fresh.document(RULES), at)
        listed = fresh.ask(types.TEXT_DOCUMENT_REFERENCES, params)
        assert len(listed) == number - 1
        assert {each.uri for each in listed} == {fresh.uri(p) for p in (ACT, RULES, CASES, MARCH)}


def test_definition_from_cases_and_journals(fresh: Editor) -> None:
    fresh.open(CASES)
    fresh.open(MARCH)
    for path, mark, word in ((CASES, "s. 2(1)", "2(1)"), (MARCH, "grade is", "grade: grade")):
        (found, *_) = place(fresh, types.TEXT_DOCUMENT_DEFINITION, path, fresh.at(path, mark, 1))
        line = (fresh.folder / ACT).read_text("utf-8").split("\n")[found.range.start.line]
        assert word in line


def test_highlights(fresh: Editor) -> None:
    fresh.open(ACT)
    found = place(fresh, types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, ACT, fresh.at(ACT, "alarm for"))
    assert [each.kind for each in found].count(types.DocumentHighlightKind.Write) == 1
    assert len(found) == 4


def test_hover_says_what_a_name_is(fresh: Editor) -> None:
    fresh.open(ACT)
    fresh.open(RULES)
    office = hover(fresh, ACT, "master may close", 2)
    assert "the harbour master" in office
    assert "`master` → `council`" in office
    assert "s. 2(1)" in office
    assert "reserved" in hover(fresh, ACT, "close-basin\n  when", 2)
    assert "means `urgent`" in hover(fresh, ACT, "pressing or", 2)
    assert "level of `grade`: much" in hover(fresh, ACT, "high\n  after", 1)
    assert "in metres" in hover(fresh, RULES, "depth below", 1)
    norm = hover(fresh, ACT, "2(1)\n  master", 1)
    assert "the harbour master (`master`) has the power to: close a basin to ships" in norm
    assert "there is danger to life" in norm
    assert "has the power to" in hover(fresh, RULES, "2(1)\n```", 1)
    assert "Harbour Act" in hover(fresh, RULES, "act 2(1)\n```", 1)
    assert "Saturday, 1 January 2011" in hover(fresh, RULES, "2011-01-01", 2)
    assert "not a working day" in hover(fresh, RULES, "2011-01-01", 2)
    assert "opens at the trigger" in hover(fresh, RULES, "within 2", 2)
    assert hover(fresh, RULES, "No closing", 2) == ""


def test_symbols_of_a_file_and_of_the_book(fresh: Editor) -> None:
    fresh.open(ACT)
    params = types.DocumentSymbolParams(fresh.document(ACT))
    (top,) = fresh.ask(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, params)
    assert [each.name for each in top.children] == ["1 Words", "2 Closing"]
    assert "power 2(1)" in [each.name for each in top.children[1].children]
    for asked, name in (("clbas", "close-basin"), ("2(3)", "s. 2(3)"), ("harbour", "act")):
        found = fresh.ask(types.WORKSPACE_SYMBOL, types.WorkspaceSymbolParams(asked))
        if asked != "harbour":
            assert name in [each.name for each in found]


def test_folds_links_and_colours(fresh: Editor) -> None:
    fresh.open(RULES)
    folds = fresh.ask(
        types.TEXT_DOCUMENT_FOLDING_RANGE, types.FoldingRangeParams(fresh.document(RULES))
    )
    lines = fresh.texts[RULES].split("\n")
    assert any(lines[each.start_line] == "duty 2" for each in folds)
    assert any(lines[each.start_line].startswith("## 1") for each in folds)
    links = fresh.ask(
        types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkParams(fresh.document(RULES))
    )
    assert {each.target for each in links} == {fresh.uri(ACT)}
    legend = fresh.capabilities.semantic_tokens_provider.legend.token_types
    params = types.SemanticTokensParams(fresh.document(RULES))
    data = fresh.ask(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, params).data
    words, line, column = {}, 0, 0
    for down, along, length, sort, _ in zip(*[iter(data)] * 5, strict=True):
        line, column = line + down, along if down else column + along
        words[lines[line][column : column + length]] = legend[sort]
    assert words["master"] == "class"
    assert words["warn-ships"] == "function"
    assert words["duty"] == "keyword"
    assert words["depth"] == "property"
    assert words["2(1)"] == "label"


def test_lenses_count_cases_assurances_and_references(fresh: Editor) -> None:
    fresh.open(ACT)
    found = fresh.ask(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(fresh.document(ACT)))
    lines = fresh.texts[ACT].split("\n")
    over = [(lines[each.range.start.line], each.command.title) for each in found]
    assert ("power 2(1)", "1 case") in over
    assert ("power 2(1)", "2 references") in over
    case = next(each for each in found if each.command.command == "writ.cases")
    book, names, *_ = case.command.arguments
    result = fresh.ask(
        types.WORKSPACE_EXECUTE_COMMAND, types.ExecuteCommandParams("writ.test", [book, names])
    )
    assert (result.passed if hasattr(result, "passed") else result["passed"]) == 1


def test_formatting_is_that_of_the_command(fresh: Editor) -> None:
    untidy = HARBOUR[RULES].replace("  master must   warn-ships", "  master   must warn-ships")
    untidy = untidy.replace("  when urgent", "    when   urgent")
    fresh.open(RULES, untidy)
    params = types.DocumentFormattingParams(fresh.document(RULES), types.FormattingOptions(2, True))
    edits = fresh.ask(types.TEXT_DOCUMENT_FORMATTING, params)
    name = types.OptionalVersionedTextDocumentIdentifier(fresh.uri(RULES), 1)
    fresh.apply(types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(name, list(edits))]))
    assert fresh.texts[RULES] == HARBOUR[RULES]


def test_renaming_over_the_book(fresh: Editor) -> None:
    fresh.open(ACT)
    fresh.open(CASES)
    at = fresh.at(ACT, "master may close", 2)
    ready = place(fresh, types.TEXT_DOCUMENT_PREPARE_RENAME, ACT, at)
    assert ready.placeholder == "master"
    edit = fresh.ask(
        types.TEXT_DOCUMENT_RENAME, types.RenameParams(fresh.document(ACT), at, "warden")
    )
    changed = fresh.apply(edit)
    assert set(changed) == {ACT, RULES, CASES, MARCH}
    assert "actor: warden" in fresh.texts[CASES]
    assert "warden did warn-ships" in (fresh.folder / MARCH).read_text("utf-8")
    for path in (ACT, RULES, CASES, MARCH):
        assert fresh.diagnostics(path) == [], path
    with pytest.raises(JsonRpcException, match="already declared"):
        fresh.ask(
            types.TEXT_DOCUMENT_RENAME, types.RenameParams(fresh.document(ACT), at, "council")
        )


def test_the_form_of_a_clause(fresh: Editor) -> None:
    fresh.open(RULES)
    at = fresh.at(RULES, "within 2 days", 8)
    found = place(fresh, types.TEXT_DOCUMENT_SIGNATURE_HELP, RULES, at)
    assert found.signatures[0].label == "within DURATION of TRIGGER"


# --- texts that change


def test_random_edits_leave_the_server_with_the_same_text(fresh: Editor) -> None:
    """The text that the server formats is the one that the editor has, whatever was done to it."""
    dice = random.Random(20)
    fresh.open(RULES)
    pieces = ("", "x", "\n", "\r\n", "😀", "é\u2028", "```", "  when urgent\n", "a\x0bb\x85c")
    for _ in range(40):
        text = fresh.texts[RULES]
        edits = []
        for _ in range(dice.randrange(1, 3)):
            line = dice.randrange(text.count("\n") + 3)
            start = types.Position(line, dice.randrange(12))
            end = types.Position(line + dice.randrange(2), dice.randrange(12))
            if (end.line, end.character) < (start.line, start.character):
                start, end = end, start
            edits.append((types.Range(start, end), dice.choice(pieces)))
        fresh.edit(RULES, *edits)
    fresh.settled()
    symbols = fresh.ask(
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, types.DocumentSymbolParams(fresh.document(RULES))
    )
    from writ.lsp.analysis.outline import outline

    assert [each.name for each in symbols] == [
        each.title or each.sort for each in outline(RULES, fresh.texts[RULES])
    ]
    codes_there = codes(fresh.diagnostics(RULES))
    other = Editor(written(fresh.folder.parent / "other", {**HARBOUR, RULES: fresh.texts[RULES]}))
    try:
        other.settled()
        assert codes(list(other.client.diagnostics.get(other.uri(RULES), ()))) == codes_there
    finally:
        other.end()


def test_a_half_written_file_keeps_what_was_known(fresh: Editor) -> None:
    fresh.open(ACT)
    fresh.open(RULES)
    fresh.write(ACT, HARBOUR[ACT].replace("office master", "office"))
    fresh.settled()
    fresh.write(RULES, HARBOUR[RULES].replace("master must warn-ships", "master must "))
    labels = [each.label for each in fresh.complete(RULES, fresh.at(RULES, "master must ", 12))]
    assert "warn-ships" in labels


def test_files_that_come_and_go_on_the_disk(fresh: Editor) -> None:
    (fresh.folder / "more.md").write_text(
        "---\nid: more\ntitle: More\nkind: policy\ncite-as: m. {}\nunder: act 2(1)\n"
        "enacted-by: master\nin-force: 2012-01-01\n---\n# More\n\n## 1 A\n\n"
        "```writ\nduty 1\n  nobody-known must declare\n```\n"
    )
    fresh.changed_on_disk("more.md")
    assert codes(fresh.diagnostics("more.md")) == ["V201"]
    (fresh.folder / "more.md").unlink()
    fresh.changed_on_disk("more.md")
    assert fresh.diagnostics("more.md") == []


def test_a_second_book_in_the_same_workspace(fresh: Editor) -> None:
    written(
        fresh.folder / "sub" / "second",
        {**HARBOUR, RULES: HARBOUR[RULES].replace("urgent", "urgnt")},
    )
    path = "sub/second/rules.md"
    fresh.open(path)
    assert codes(fresh.diagnostics(path)) == ["V201"]
    fresh.open(RULES)
    assert "V201" not in codes(fresh.diagnostics(RULES))
    fresh.close(path)
    (fresh.folder / "sub" / "second" / "book.md").unlink()
    fresh.changed_on_disk("sub/second/book.md")
    fresh.settled()


def test_watchers_are_asked_for(editor: Editor) -> None:
    editor.settled()
    assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_positions_in_other_units(tmp_path: Path, encoding: str) -> None:
    editor = Editor(written(tmp_path.resolve()), (encoding,))
    try:
        assert editor.encoding == encoding
        text = (
            HARBOUR[RULES]
            .replace("## 1 No", "## 1 😀é No")
            .replace("when urgent", "when urgnt -- 😀é")
            .replace("\n", "\r\n")
        )
        editor.open(RULES, text)
        (found,) = editor.diagnostics(RULES)
        assert found.range.start == editor.at(RULES, "urgnt")
        editor.edit(
            RULES,
            (editor.range(RULES, text.index("😀é No"), text.index(" No")), "é😀"),
            (editor.range(RULES, text.index("urgnt"), text.index("urgnt") + 5), "urgent"),
        )
        assert editor.diagnostics(RULES) == []
    finally:
        editor.end()
