"""The client."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from ministry.client import answers
from ministry.client.problems import NotYet
from ministry.client.wire import Wire
from writ.journal.log import receipt as receipts
from writ.journal.log.policy_file import parse_policy

T = TypeVar("T")
IN_FORCE = "in-force"


class Client:
    """Acts and asks for one office, by its token. Not for several threads at once.

    Every method raises a `Problem` (`ministry.client.problems`) where the server does not answer with what was asked.
    What it is busy with, or not there for, is tried again up to `tries` times, an act always under the same key.
    """

    def __init__(self, url: str, token: str, timeout: float = 10.0, tries: int = 5) -> None:
        self._wire = Wire(url, token, timeout, tries)

    def close(self) -> None:
        self._wire.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- deciding and acting

    def decide(
        self,
        actor: str,
        act: str,
        *,
        person: str = "",
        at: str = "",
        facts: Mapping[str, Any] | None = None,
        edition: str = "",
        journal: bool = False,
        who: bool = False,
        **more: Any,
    ) -> answers.Decision:
        """May this be done? `more` are the other fields of a request: `done`, `states`, `about`, `delegations` ..."""
        named = {"person": person, "at": at, "facts": facts, "edition": edition}
        given: dict[str, Any] = {"actor": actor, "act": act}
        given |= {name: one for name, one in named.items() if one}
        given |= {name.replace("_", "-"): one for name, one in more.items()}
        given |= {name: True for name, one in (("journal", journal), ("who", who)) if one}
        body = self._wire.ask("POST", "/api/decide", given, again=not journal)
        return msgspec.json.decode(body, type=answers.Decision)

    def act(self, name: str, given: Mapping[str, Any], key: str = "") -> answers.Done:
        """Do an act. Under the same `key` it is done once, however often it is asked for; left out: a new one."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        body = self._wire.ask("POST", f"/api/acts/{quote(name, safe='')}", given, headers)
        return msgspec.json.decode(body, type=answers.Done)

    # --- the Journal

    def records(self, **filters: Any) -> Iterator[answers.RecordRow]:
        """Records from the latest back, page by page.

        Filters: `act`, `office`, `person`, `about`, `outcome`, `kind`, `since` and `until` (moments).
        """
        before: int | None = 0
        while before is not None:
            page = self._get("/api/records", answers.Page, **filters, before=before or None)
            yield from page.records
            before = page.next

    def record(self, name: str) -> answers.Record:
        return self._get(f"/api/records/{quote(name, safe='')}", answers.Record)

    def record_bytes(self, name: str) -> bytes:
        """The canonical bytes of a record, as they are hashed."""
        return self._wire.ask("GET", f"/api/records/{quote(name, safe='')}/bytes")

    def receipt(self, name: str, cosigned: bool = False, wait: float = 5.0) -> bytes:
        """The proof that a record is in the log, as a file; waits for it for so many seconds."""
        path = f"/api/records/{quote(name, safe='')}/receipt?cosigned={str(cosigned).lower()}"
        until = time.monotonic() + wait
        while True:
            try:
                return self._wire.ask("GET", path)
            except NotYet:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.2)

    # --- work, offices, people, editions

    def duties(self) -> tuple[answers.Duty, ...]:
        return self._get("/api/duties", answers.Duties).duties

    def requests(self, of: str = "waiting") -> tuple[answers.Request, ...]:
        """Requests that wait for the office, or (`mine`) that one made."""
        return self._get("/api/requests", answers.Requests, of=of).requests

    def request(self, name: str) -> answers.Request:
        return self._get(f"/api/requests/{quote(name, safe='')}", answers.Request)

    def offices(self) -> tuple[answers.Office, ...]:
        return self._get("/api/offices", answers.Offices).offices

    def office(self, name: str) -> answers.Office:
        return self._get(f"/api/offices/{quote(name, safe='')}", answers.Office)

    def people(self) -> Iterator[answers.Person]:
        after: str | None = ""
        while after is not None:
            page = self._get("/api/people", answers.People, after=after or None)
            yield from page.people
            after = page.next

    def person(self, key: str) -> answers.Person:
        return self._get(f"/api/people/{quote(key, safe='')}", answers.Person)

    def deposit(self, files: Mapping[str, str]) -> answers.Deposited:
        """Keep the text of an edition: its files by their paths."""
        body = self._wire.ask("POST", "/api/editions", {"files": dict(files)})
        return msgspec.json.decode(body, type=answers.Deposited)

    def editions(self) -> tuple[answers.Edition, ...]:
        return self._get("/api/editions", answers.Editions).editions

    def edition(self, digest: str = IN_FORCE) -> answers.Edition:
        return self._get(f"/api/editions/{quote(digest, safe='')}", answers.Edition)

    def provision(self, citation: str, edition: str = IN_FORCE) -> answers.Provision:
        path = f"/api/editions/{quote(edition, safe='')}/provisions"
        return self._get(path, answers.Provision, citation=citation)

    def notices(self, kind: str = "", unread: bool = False) -> tuple[answers.Notice, ...]:
        """What concerns whoever asks, in the office of the token: unread ones first."""
        query = {"kind": kind or None, "unread": "true" if unread else None}
        return self._get("/api/notices", answers.Notices, **query).notices

    def read_notices(self, *notices: str) -> int:
        """Mark these notices as read, or all of them where none is named; how many were unread."""
        given = {"notices": list(notices)} if notices else {"all": True}
        body = self._wire.ask("POST", "/api/notices/read", given)
        return msgspec.json.decode(body, type=answers.Marked).marked

    # --- proposed editions

    def proposals(self, of: str = "open") -> tuple[answers.Proposal, ...]:
        """Proposed editions: `open`, `certified`, `promulgated`, `withdrawn` or `revised`."""
        return self._get("/api/proposals", answers.Proposals, of=of).proposals

    def proposal(self, edition: str) -> answers.ProposalWhole:
        return self._get(f"/api/proposals/{quote(edition, safe='')}", answers.ProposalWhole)

    def consultations(self) -> tuple[answers.Consultation, ...]:
        """Opinions that the office was asked for."""
        return self._get("/api/consultations", answers.Consultations).consultations

    def comments(self, edition: str) -> tuple[answers.Comment, ...]:
        path = f"/api/proposals/{quote(edition, safe='')}/comments"
        return self._get(path, answers.Comments).comments

    def _get(self, path: str, kind: type[T], /, **query: Any) -> T:
        given = {name: one for name, one in query.items() if one is not None}
        asked = f"{path}?{urlencode(given)}" if given else path
        return msgspec.json.decode(self._wire.ask("GET", asked), type=kind)


def verify(receipt: bytes, policy: bytes) -> receipts.Verdict:
    """Verify a receipt offline, against whom one believes (a tlog-policy, got once by a way of one's own).

    Raises:
        writ.journal.log.codes.Refused: one of the two cannot be read.
    """
    return receipts.verify(receipts.parse_receipt(receipt), parse_policy(policy))
