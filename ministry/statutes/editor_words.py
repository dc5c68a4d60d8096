"""What the editor of drafts says, in the language of the page: data for its script, which asks for a sentence by name.

`{name}` stands for what the script puts there. What is counted has the form for one and the form for more.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext, pgettext


def editor_words() -> dict[str, Any]:
    """The sentences of the script by name, and under `phrases` those of CodeMirror."""
    return status() | server() | problems() | company() | kept() | {"phrases": phrases()}


def status() -> dict[str, str]:
    return {
        "save": gettext("Save"),
        "format": gettext("Format"),
        "formatted": gettext("Formatted."),
        "formatted-partly": gettext("Formatted; blocks with a mistake are left as they stand."),
        "help": gettext(
            "Tab indents; to leave the text press Esc, then Tab. Ctrl+S saves now, Ctrl+Space offers names, "
            "Shift+Alt+F formats, F8 goes to the next problem."
        ),
        "saved": gettext("Saved, version {number}"),
        "unchanged": gettext("As in the edition"),
        "typing": gettext("Not saved yet"),
        "saving": gettext("Saving…"),
        "offline": gettext("Offline: kept in this browser"),
        "unkept": gettext("Offline, and this browser keeps nothing: do not close this page"),
        "signed-out": gettext(
            "You are signed out: kept in this browser. Sign in in another window"
        ),
        "busy": gettext("The server is busy: kept in this browser"),
        "refused": gettext("Not saved: {why}"),
        "clash": gettext("Saved, version {number}: two texts to decide"),
        "closed": gettext("the draft was closed"),
        "untitled": gettext("(no title)"),
        "close": gettext("Close"),
    }


def server() -> dict[str, str]:
    return {
        "server-offline": gettext("The server cannot be reached"),
        "server-signed-out": gettext("You are signed out"),
        "server-cut": gettext("The answer was cut off"),
        "server-busy": gettext("The server is busy"),
        "server-refused": gettext("The server did not take it"),
    }


def problems() -> dict[str, Any]:
    return {
        "error": gettext("error"),
        "warning": gettext("warning"),
        "note": gettext("note"),
        "line": gettext("line {line}"),
        "file-line": gettext("{file}, line {line}"),
        "none": gettext("None: the whole draft compiles, and the checks find nothing."),
        "errors": counted(
            ngettext("{count} error", "{count} errors", 1),
            ngettext("{count} error", "{count} errors", 2),
        ),
        "warnings": counted(
            ngettext("{count} warning", "{count} warnings", 1),
            ngettext("{count} warning", "{count} warnings", 2),
        ),
        "in-all": gettext("{errors}, {warnings} in the whole draft."),
        "unchecked": gettext("Further checks wait until it compiles."),
    }


def company() -> dict[str, str]:
    return {
        "is": gettext("{name} is in {file}."),
        "writes": gettext("{name} writing {where}."),
        "writes-here": gettext("{name} writing {where}: the provision that you are in."),
        "reads": gettext("{name} reading {where}."),
        "self-is": gettext("You, in another window, are in {file}."),
        "self-writes": gettext("You, in another window, writing {where}."),
        "self-writes-here": gettext(
            "You, in another window, writing {where}: the provision that you are in."
        ),
        "self-reads": gettext("You, in another window, reading {where}."),
        "beginning": gettext("the beginning"),
    }


def kept() -> dict[str, str]:
    return {
        "recovered": gettext(
            "What you wrote in {file} at {time}, and what did not reach the server then, is saved as version "
            "{version}."
        ),
        "recovered-clash": gettext(
            "What you wrote in {file} at {time}, and what did not reach the server then, is saved as version "
            "{version}; somebody else changed the same words, and both texts stand."
        ),
        "recovered-merged": gettext(
            "What you wrote in {file} at {time}, and what did not reach the server then, is saved as version "
            "{version}, together with what others saved meanwhile."
        ),
        "see": gettext("See what it changed"),
        "not-taken": gettext(
            "It was not taken: {why}. It is what you wrote in {file}, kept in this browser."
        ),
        "left-closed": gettext(
            "The draft was closed before this was saved. It is what you wrote in {file}, kept in this browser."
        ),
        "left": gettext("Text that was not saved"),
        "forget": gettext("I have taken it along: forget it"),
    }


def phrases() -> dict[str, str]:
    """What CodeMirror says of itself: its own words, as its manual lists them."""
    return {
        "Find": pgettext("editor", "Find"),
        "Replace": pgettext("editor", "Replace"),
        "next": pgettext("editor", "next"),
        "previous": pgettext("editor", "previous"),
        "all": pgettext("editor", "all"),
        "match case": pgettext("editor", "match case"),
        "regexp": pgettext("editor", "regexp"),
        "by word": pgettext("editor", "by word"),
        "replace": pgettext("editor", "replace"),
        "replace all": pgettext("editor", "replace all"),
        "close": pgettext("editor", "close"),
        "current match": pgettext("editor", "current match"),
        "on line": pgettext("editor", "on line"),
        "replaced match on line $": pgettext("editor", "replaced match on line $"),
        "replaced $ matches": pgettext("editor", "replaced $ matches"),
        "Go to line": pgettext("editor", "Go to line"),
        "go": pgettext("editor", "go"),
        "Completions": pgettext("editor", "Completions"),
        "Diagnostics": pgettext("editor", "Diagnostics"),
        "No diagnostics": pgettext("editor", "No diagnostics"),
        "Control character": pgettext("editor", "Control character"),
        "Selection deleted": pgettext("editor", "Selection deleted"),
    }


def counted(one: str, more: str) -> dict[str, str]:
    """By the names of `Intl.PluralRules`."""
    return {"one": one, "other": more}
