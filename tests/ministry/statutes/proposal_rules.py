"""What the machine does with what is proposed, in order and out of it."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from ministry.statutes.models import Proposal
from tests.ministry.enacting import CHECKS, FINDINGS
from tests.ministry.statutes.drafting_rules import BROKEN, FILE, PICK, PLACES, Drafting
from tests.ministry.statutes.drafts import APPOINT


class Proposing(Drafting):
    """By systems, `by`, each with somebody's token."""

    def heads(self):
        """What this run has proposed and may still become something, the oldest first."""
        with self.served.database():
            rows = Proposal.objects.filter(revised=None, withdrawn=None, promulgated=None)
            rows = rows.filter(proposed__gte=self.began)
            return list(rows.order_by("proposed", "edition"))

    def acts(self, who, act, how="", name="", **given):
        """Act as a system: what was not heard of is asked again under the same key, and so is what was done."""
        name = name or str(uuid.uuid4())
        headers = {"Idempotency-Key": name}
        path = f"/api/acts/{act}"
        answer = self.by[who].tells(path, given, how, **headers)
        if how:
            answer = self.by[who].tells(path, given, **headers)
        self.sound(answer)
        if answer.status == 201:
            again = self.by[who].tells(path, given, **headers)
            assert (again.status, again.data["record"]) == (201, answer.data["record"])
        else:
            assert answer.data.get("detail") or answer.data.get("outcome"), answer.body
        return answer

    @rule(pick=PICK, how=st.sampled_from(BROKEN), later=st.booleans())
    def goes_on(self, pick, how, later):
        """The next thing that a proposal waits for is done by whoever does it."""
        rows = self.heads()
        if rows:
            self.brings_on(rows[pick % len(rows)], how, later)

    def brings_on(self, row, how="", later=False):
        whole = self.by["fay"].sees(f"/api/proposals/{row.edition}")
        match self.sound(whole).data["waits_for"]:
            case "answers":
                self.answers(row, "agrees", how)
            case "examination":
                self.acts("cy", "examine-edition", how, edition=row.edition, findings=FINDINGS)
            case "certificate":
                self.acts("cy", "certify-edition", how, edition=row.edition)
            case "promulgation":
                self.acts("bo", "promulgate-edition", how, edition=row.edition, **soon(later))

    def answers(self, row, position, how=""):
        found = self.sound(self.by["dee"].sees("/api/consultations")).data["consultations"]
        for one in found:
            if one["edition"] == row.edition:
                given = {"edition": row.edition, "consultation": one["id"]}
                self.acts("dee", "answer-consultation", how, **given, position=position, text="So.")

    MEDDLING = (
        "consult",
        "answer",
        "comment",
        "resolve",
        "examine",
        "withdraw",
        "certify",
        "promulgate",
    )

    @rule(
        pick=PICK,
        what=st.sampled_from(MEDDLING),
        who=st.sampled_from(("bo", "cy", "dee")),
        how=st.sampled_from(BROKEN),
    )
    def meddles(self, pick, what, who, how):
        """Somebody does something with a proposal, in whatever order."""
        rows = self.heads()
        if not rows:
            return
        row = rows[pick % len(rows)]
        on = {"edition": row.edition}
        match what:
            case "consult":
                self.consults(who, row, how)
            case "answer":
                self.answers(row, "objects", how)
            case "comment":
                self.acts(
                    who,
                    "comment-edition",
                    how,
                    **on,
                    text="Why?",
                    provision=next(iter(row.differs), ""),
                )
            case "resolve":
                said = self.sound(self.by[who].sees(f"/api/proposals/{row.edition}/comments")).data[
                    "comments"
                ]
                for one in said[:1]:
                    self.acts(
                        who,
                        "resolve-comment",
                        how,
                        **on,
                        comment=one["id"],
                        resolution="answered",
                        text="So.",
                    )
            case "examine":
                wanting = FINDINGS | {CHECKS[pick % len(CHECKS)]: {"passed": False, "reason": "no"}}
                self.acts(who, "examine-edition", how, **on, findings=wanting)
            case "withdraw" if pick % 4 == 0:
                self.acts(who, "withdraw-edition", how, **on, reason="no more")
            case "certify" | "promulgate":
                self.acts(who, f"{what}-edition", how, **on)

    @rule(pick=PICK, who=st.sampled_from(("bo", "cy")), place=PICK)
    def revises(self, pick, who, place):
        """A draft in place of a proposed edition, with another line or with other powers."""
        rows = self.heads()
        draft = self.opened(who, rows[pick % len(rows)].edition) if rows else None
        if draft is not None:
            if place % 2:
                self.writes_the_words_of(draft, who)
            self.types(draft, who, "", f"Line {next(self.count)} of {who}.", PLACES[place % 3])
            self.proposes_draft(draft)

    def writes_the_words_of(self, draft, who):
        text = self.window(draft, who).text
        self.saves(draft, who, text.replace(*APPOINT))

    AT_ONCE = (
        ("certify", "certify"), ("certify", "revise"), ("promulgate", "promulgate"), ("promulgate", "revise"),
        ("promulgate", "withdraw"), ("examine", "revise"), ("answer", "revise"), ("certify", "consult"),
    )  # fmt: skip

    @rule(pick=PICK, both=st.sampled_from(AT_ONCE), same=st.booleans(), later=st.booleans())
    def at_once(self, pick, both, same, later):
        """Two acts at the same moment: of one proposal, or each of another."""
        rows = self.heads()
        if not rows:
            return
        one = rows[pick % len(rows)]
        other = one if same else rows[(pick + 1) % len(rows)]
        rows = enumerate(zip(both, (one, other), strict=True))
        at_the_same_moment([self.doing(what, row, later and n == 1) for n, (what, row) in rows])

    def doing(self, what, row, later):
        on = {"edition": row.edition}
        match what:
            case "certify":
                return lambda: self.acts("cy", "certify-edition", **on)
            case "examine":
                return lambda: self.acts("cy", "examine-edition", **on, findings=FINDINGS)
            case "promulgate":
                return lambda: self.acts("bo", "promulgate-edition", **on, **soon(later))
            case "withdraw":
                return lambda: self.acts("bo", "withdraw-edition", **on)
            case "answer":
                return lambda: self.answers(row, "agrees")
            case "consult":
                return lambda: self.consults("bo", row)
        with self.served.database():
            files = content.unpacked(bytes(Edition.objects.get(digest=row.edition).content))
        files["note.md"] = f"# Note {next(self.count)}\n"
        made = self.sound(self.by["bo"].tells("/api/editions", {"files": files}))
        by = made.data.get("digest", "0" * 64)
        return lambda: self.acts("bo", "revise-edition", **on, by=by)

    @rule(place=PICK, asked=st.booleans(), how=st.sampled_from(BROKEN))
    def examines_revises_and_certifies(self, place, asked, how):
        """What was examined and answered is revised into another meaning, and then certified nevertheless."""
        base = self.last()
        row = self.proposed_on(base, place)
        by = self.deposited(base, place + 1)
        if row is None or by is None:
            return
        if asked:
            self.consults("bo", row)
            self.answers(row, "agrees")
        self.acts("cy", "examine-edition", edition=row.edition, findings=FINDINGS)
        self.acts("bo", "revise-edition", edition=row.edition, by=by)
        self.acts("cy", "certify-edition", how, edition=by)
        self.acts("bo", "promulgate-edition", edition=by)

    @rule(place=PICK, together=st.booleans(), later=st.booleans())
    def promulgates_two_from_one_base(self, place, together, later):
        """Two that amend the same edition are certified, and promulgated one after the other or at once."""
        base = self.last()
        rows = [self.proposed_on(base, place + n) for n in range(2)]
        if None in rows:
            return
        for row in rows:
            self.acts("cy", "examine-edition", edition=row.edition, findings=FINDINGS)
            self.acts("cy", "certify-edition", edition=row.edition)
        works = [self.doing("promulgate", row, later) for row in rows]
        done = at_the_same_moment(works) if together else [work() for work in works]
        assert [one.status for one in done].count(201) <= 1, "two amend the same edition"

    def last(self):
        with self.served.database():
            return Promulgation.objects.latest("number").edition

    def deposited(self, base, place):
        """An edition that says more than its base, in one provision; None where the server is too busy."""
        with self.served.database():
            files = content.unpacked(bytes(Edition.objects.get(digest=base).content))
        head = PLACES[place % len(PLACES)]
        line = f"{head}\nThe machine said so {next(self.count)} times.\n"
        files[FILE] = files[FILE].replace(head, line, 1)
        answer = self.sound(self.by["bo"].tells("/api/editions", {"files": files}))
        assert answer.status in (201, 503), answer.body
        return answer.data.get("digest")

    def proposed_on(self, base, place):
        edition = self.deposited(base, place)
        if edition is None:
            return None
        self.acts("bo", "propose-edition", edition=edition, title="More", base=base)
        with self.served.database():
            return Proposal.objects.filter(edition=edition).first()

    def consults(self, who, row, how=""):
        due = (dt.datetime.now(dt.UTC) + dt.timedelta(days=9)).isoformat()
        on = {"edition": row.edition, "office": "duty-officer", "due": due}
        self.acts(who, "consult-office", how, **on)

    @rule(pick=PICK, who=st.sampled_from(("bo", "dee", "fay")))
    def looks(self, pick, who):
        paths = [
            "/",
            "/statutes/",
            "/statutes/drafts/",
            "/ask/?act=appoint-officer&office=director-of-personnel",
        ]
        paths += [f"/statutes/drafts/{one.key}/" for one in self.drafts[-2:]]
        paths += [f"/statutes/drafts/{one.key}/history/" for one in self.drafts[-1:]]
        paths += [f"/statutes/proposals/{one.edition}/" for one in self.heads()[-2:]]
        self.sound(self.at[who].sees(paths[pick % len(paths)]))


def soon(later):
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)
    return {"since": at.isoformat()} if later else {}


def at_the_same_moment(works):
    """What each of them gives, begun together."""
    begin = Barrier(len(works))

    def does(work):
        begin.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result() for one in [pool.submit(does, work) for work in works]]
