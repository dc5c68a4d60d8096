"""Two who draft, one who looks on, and what becomes of their editions: a machine that tries it in any order, by HTTP.

Everything goes over sockets to a server in a process of its own, and some connections break. What was acknowledged is
remembered here and looked for in the tables after each step (`holding`). What may happen is in `drafting_rules` and
`proposal_rules`.
"""

from __future__ import annotations

import itertools
from typing import ClassVar

from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from tests.ministry.api.calling import token_of
from tests.ministry.console.conftest import session_of
from tests.ministry.people import key
from tests.ministry.statutes.drafting_rules import WRITERS
from tests.ministry.statutes.holding import Holding
from tests.ministry.statutes.wire import Somebody


def machine(served):
    """A machine at a running server.

    What one run leaves behind is there in the next one: nothing that is drawn depends on it, and a run works on its own
    drafts and proposals. A run told again at the same server ends otherwise, so the failure that counts is the first.
    """
    with served.database():
        sessions = {one: Somebody(served, session_of(one)) for one in (*WRITERS, "fay")}
        systems = {one: Somebody(served, token=token_of(one)) for one in sessions}
        people = {one: key(one) for one in sessions}

    class House(Holding):
        at, by, keys = sessions, systems, people
        count = itertools.count(1)
        checked: ClassVar[set[str]] = set()
        failures: ClassVar[list[AssertionError]] = []

        def __init__(self):
            super().__init__()
            self.served = served
            with served.database():
                self.began, self.seen = now(), Promulgation.objects.count()

        def check_invariants(self, *told):
            try:
                super().check_invariants(*told)
            except AssertionError as error:
                self.failures.append(error)
                raise

        def teardown(self):
            for draft in self.drafts:
                for who in list(draft.windows):
                    self.heard_again(draft, who)
            self.nothing_is_lost()

    return House
