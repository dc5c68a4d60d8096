"""What the machine does with drafts: whoever writes in one, what they heard of it, and how a connection breaks."""

from __future__ import annotations

import re

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ministry.statutes.drafting.merge import MARKED
from ministry.statutes.models import Draft

FILE = "organisation-act.md"
WRITERS = ("bo", "cy", "dee")
PLACES = ("## 1 People\n", "## 2 Offices\n", "## 3 Delegation\n")
SAME_WORDS = (
    "permanent-secretary may",
    "director-of-personnel may",
    "permanent-secretary, director-of-personnel may",
)
MISTAKE = "\n```writ\npower 2(1)\n  nobody-at-all may appoint-officer\n```\n"
BROKEN = ("", "", "", "part", "unheard")
PICK = st.integers(0, 59)


class Window(msgspec.Struct):
    """A tab with the editor: what it last heard of, and a save that it sent and heard nothing of."""

    number: int
    text: str
    unheard: dict | None = None


class Writing(msgspec.Struct):
    """A draft as those who write in it know it."""

    key: str
    owner: str
    windows: dict[str, Window] = {}
    kept: dict[str, tuple[int, str]] = {}
    """By save that was acknowledged: its number, and the text as it was typed."""
    sent: dict[str, str] = {}
    """By save that was sent and never acknowledged: its text."""
    lines: dict[str, str] = {}
    """By save: the line that it added. Nobody takes one out."""
    closed: bool = False


class Drafting(RuleBasedStateMachine):
    """At a server: `at`, who has a window; `count`, what is said once."""

    def __init__(self):
        super().__init__()
        self.drafts: list[Writing] = []

    def sound(self, answer):
        assert answer.status < 500 or answer.status == 503, answer.body[:2000]
        return answer

    @initialize()
    def begun(self):
        self.opens("bo")

    @rule(who=st.sampled_from(("bo", "cy")))
    def opens(self, who):
        if sum(not one.closed for one in self.drafts) < 3:
            self.opened(who)

    def opened(self, who, revises=""):
        title = f"Draft {next(self.count)}"
        to = f"/statutes/drafts/new{f'?edition={revises}' if revises else ''}"
        answer = self.sound(self.at[who].sends(to, title=title, edition=revises))
        if answer.status != 302:
            return None
        draft = Writing(answer.leads_to.split("/")[3], who)
        self.drafts.append(draft)
        for other in WRITERS:
            if other != who:
                home = f"/statutes/drafts/{draft.key}/"
                self.sound(self.at[who].sends(f"{home}drafters/", person=other))
        return draft

    def draft(self, pick):
        """One that is open. Which rules there are must not depend on the server: what one run left is there."""
        some = [one for one in self.drafts if not one.closed] or [self.opened("bo")]
        return some[pick % len(some)]

    def window(self, draft, who):
        """What one types over: what was not heard of was sent again first, just as it was, as the editor does."""
        self.heard_again(draft, who)
        if who not in draft.windows:
            there = self.at[who].tells(f"/statutes/drafts/{draft.key}/text", {"file": FILE})
            assert self.sound(there).status == 200
            draft.windows[who] = Window(there.data["version"], there.data["text"])
        return draft.windows[who]

    @rule(pick=PICK, who=st.sampled_from(WRITERS), place=PICK, how=st.sampled_from(BROKEN))
    def types_a_line(self, pick, who, place, how):
        draft = self.draft(pick)
        line = f"Line {next(self.count)} of {who}."
        self.types(draft, who, how, line, PLACES[place % len(PLACES)])

    @rule(pick=PICK, who=st.sampled_from(WRITERS), words=st.sampled_from(SAME_WORDS))
    def writes_the_same_words(self, pick, who, words):
        draft = self.draft(pick)
        text = self.window(draft, who).text
        new = re.sub(
            r"^  [a-z, -]+ may appoint-officer$",
            f"  {words} appoint-officer",
            text,
            count=1,
            flags=re.M,
        )
        self.saves(draft, who, new)

    @rule(pick=PICK, who=st.sampled_from(WRITERS), made=st.booleans())
    def makes_or_mends_a_mistake(self, pick, who, made):
        draft = self.draft(pick)
        text = self.window(draft, who).text.replace(MISTAKE, "")
        self.saves(draft, who, text + MISTAKE if made else text)

    @rule(pick=PICK, who=st.sampled_from(WRITERS))
    def decides_which_words_stand(self, pick, who):
        draft = self.draft(pick)
        self.window(draft, who)
        draft.windows.pop(who, None)
        self.saves(draft, who, decided(self.window(draft, who).text))

    def types(self, draft, who, how, line, place):
        text = self.window(draft, who).text
        self.saves(draft, who, text.replace(place, f"{place}\n{line}\n", 1), how, line)

    def saves(self, draft, who, text, how="", line=""):
        window = draft.windows[who]
        save_id = f"save-{next(self.count)}-{who}"
        given = {"file": FILE, "text": text, "based_on": window.number, "save_id": save_id}
        if line and line in text:
            draft.lines[save_id] = line
        draft.sent[save_id] = text
        self.sent(draft, who, given, how)

    def sent(self, draft, who, given, how=""):
        window = draft.windows[who]
        answer = self.at[who].tells(f"/statutes/drafts/{draft.key}/save", given, how)
        window.unheard = given if answer is None else None
        if answer is None:
            return
        if self.sound(answer).status != 200:
            assert draft.closed or answer.status != 409, answer.body
            del draft.windows[who]
            return
        said = answer.data
        draft.kept[given["save_id"]] = (said["version"], given["text"])
        window.number, window.text = said["version"], said.get("text", given["text"])

    @rule(pick=PICK, who=st.sampled_from(WRITERS))
    def connects_again(self, pick, who):
        self.heard_again(self.draft(pick), who)

    def heard_again(self, draft, who):
        window = draft.windows.get(who)
        if window is not None and window.unheard is not None:
            self.sent(draft, who, window.unheard)

    @rule(pick=PICK, who=st.sampled_from(WRITERS))
    def closes_the_tab(self, pick, who):
        """What was typed and not heard of is forgotten."""
        self.draft(pick).windows.pop(who, None)

    @rule(pick=PICK)
    def takes_it_over_to_the_edition_in_force(self, pick):
        draft = self.draft(pick)
        self.sound(self.at[draft.owner].sends(f"/statutes/drafts/{draft.key}/rebase/"))

    @rule(pick=PICK)
    def discards(self, pick):
        if pick % 3 == 0 and sum(not one.closed for one in self.drafts) > 1:
            draft = self.draft(pick)
            self.sound(self.at[draft.owner].sends(f"/statutes/drafts/{draft.key}/close/"))
            draft.closed = True

    @rule(pick=PICK, how=st.sampled_from(BROKEN))
    def proposes(self, pick, how):
        self.proposes_draft(self.draft(pick), how)

    def proposes_draft(self, draft, how=""):
        path = f"/statutes/drafts/{draft.key}/propose/"
        answer = self.at[draft.owner].sends(path, how, reason="x" * 99)
        if how:  # sent again, whatever became of it
            answer = self.at[draft.owner].sends(path, reason="x" * 99)
        self.sound(answer)
        with self.served.database():
            draft.closed = Draft.objects.get(key=draft.key).closed is not None
        assert draft.closed or answer.status != 302


def decided(text):
    """The first of two texts where two stand, with the lines that the second has besides."""

    def kept(found):
        first, second = found["first"], found["second"]
        lines = [
            one for one in second.splitlines(True) if one.startswith("Line ") and one not in first
        ]
        return first + "".join(lines)

    return MARKED.sub(kept, text)
