"""Drafts: every save is kept, what two write is put together, nobody else sees it, and it is proposed."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ministry.database.transaction import now
from ministry.editions.queries import digest_at
from ministry.gate.verify import verify
from ministry.statutes import acts
from ministry.statutes.data import Promulgating
from ministry.statutes.drafts import looking, store
from ministry.statutes.models import Draft, Proposal, Version
from tests.ministry.console.conftest import Somebody
from tests.ministry.enacting import certify
from tests.ministry.people import key
from tests.ministry.statutes.drafts import APPOINT, proposed

FILE = "organisation-act.md"


@pytest.fixture(autouse=True)
def afresh():
    looking.forget()
    store.edition_files.cache_clear()


def opened(owner="bo", *drafters):
    draft = store.opened("Appointments", "fewer hands", digest_at(now()), key(owner))
    for one in drafters:
        store.let_write(draft, key(one))
    return draft


def text_of(draft, file=FILE):
    return store.held(draft, file).text


class At(Somebody):
    """Somebody at the editor of a draft."""

    def __init__(self, name, draft):
        super().__init__(name)
        self.home = f"/statutes/drafts/{draft.key}/"

    def asks(self, what, **given):
        answer = self.client.post(self.home + what, json.dumps(given), "application/json")
        return answer.status_code, json.loads(answer.content or b"{}")

    def saves(self, text, based_on=0, file=FILE, save_id=None):
        return self.asks(
            "save", file=file, text=text, based_on=based_on, save_id=save_id or store.new_save_id()
        )


def test_every_save_is_kept_with_who_and_over_what(ministry):
    draft = opened()
    bo, before = At("bo", draft), text_of(draft)
    one = before + "\nOne.\n"
    assert bo.saves(one)[1]["version"] == 1
    status, said = bo.saves(one + "\nTwo.\n", 1)
    assert (status, said["version"], said["merged"]) == (200, 2, False)
    rows = list(Version.objects.filter(draft=draft).values_list("number", "person", "based_on"))
    assert rows == [(1, key("bo"), 0), (2, key("bo"), 1)]
    assert Version.objects.get(number=1).text == one


def test_the_same_save_again_changes_nothing_and_is_answered_the_same(ministry):
    draft = opened()
    bo, text = At("bo", draft), text_of(draft) + "\nOne.\n"
    first = bo.saves(text, save_id="the-same-save")
    bo.saves(text + "Two.\n", 1)
    assert bo.saves(text, save_id="the-same-save") == first
    assert Version.objects.filter(draft=draft).count() == 2
    assert text_of(draft) == text + "Two.\n"


def test_what_two_write_is_put_together(ministry):
    draft = opened("bo", "cy")
    before = text_of(draft)
    At("bo", draft).saves(before.replace(*APPOINT))
    status, said = At("cy", draft).saves(before + "\nA line of Cy's.\n")
    assert status == 200 and said["merged"] and not said["clashes"]
    assert said["text"] == before.replace(*APPOINT) + "\nA line of Cy's.\n"
    assert text_of(draft) == said["text"]
    assert Version.objects.get(number=2).typed == before + "\nA line of Cy's.\n"


def test_of_many_who_save_at_once_nobody_loses_a_line(ministry):
    draft = opened()
    before, begin = text_of(draft), Barrier(4)

    def writes(who):
        begin.wait()
        try:
            for n in range(4):
                mine = before.replace("\n## 2", f"\nLine {n} of {who}.\n\n## 2", 1)
                store.save(draft, key("bo"), FILE, mine, 0, f"save-{n}-of-{who}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(writes, range(4)))
    text = text_of(draft)
    assert all(f"Line {n} of {who}." in text for n in range(4) for who in range(4))
    numbers = Version.objects.filter(draft=draft).values_list("number", flat=True)
    assert list(numbers) == list(range(1, 17))


def test_the_same_words_are_both_kept_and_stop_the_proposal(ministry):
    draft = opened("bo", "cy")
    before = text_of(draft)
    one, other = (
        before.replace(APPOINT[0], f"{who} may appoint-officer")
        for who in ("permanent-secretary", "legal-adviser")
    )
    At("bo", draft).saves(one)
    _, said = At("cy", draft).saves(other)
    assert len(said["clashes"]) == 1
    assert "permanent-secretary may appoint" in said["text"]
    assert "legal-adviser may appoint" in said["text"]
    page = At("bo", draft).does(f"/statutes/drafts/{draft.key}/propose/")
    assert page.status == 409
    assert "Two texts stand" in page
    _, found = At("bo", draft).asks("diagnostics", file=FILE, text=said["text"])
    ways = found["problems"][0]["fixes"]
    assert [one["title"] for one in ways] == ["Keep the first", "Keep the second", "Keep both"]


def test_to_anybody_else_there_is_no_such_draft(ministry):
    draft = opened("bo", "cy")
    dee, home = At("dee", draft), f"/statutes/drafts/{draft.key}/"
    for path in ("", "edit/", "history/"):
        nothing = Somebody("dee").sees(f"/statutes/drafts/d-none/{path}")
        page = dee.sees(home + path)
        assert page.status == 404
        assert without_token(page) == without_token(nothing)
    for path in ("restore/", "propose/", "drafters/", "rebase/", "close/", "file/"):
        assert dee.does(home + path, version=1).status == 404
    for what in ("save", "text", "here", "diagnostics", "completion", "hover", "format"):
        assert dee.asks(what, file=FILE)[0] == 404
    assert draft.title not in dee.sees("/statutes/drafts/")
    assert At("cy", draft).sees(home).status == 200


def without_token(page):
    """A page without its token, its own address, and the time that stands at its head on paper."""
    html = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page.html)
    return re.sub(r"/statutes/drafts/d-[\w/-]*( · <time.*?</time>)?", "", html)


def test_only_the_owner_says_who_writes(ministry):
    draft = opened("bo", "cy")
    home = f"/statutes/drafts/{draft.key}/drafters/"
    assert At("cy", draft).does(home, person="dee").status == 404
    assert At("bo", draft).does(home, person="dee").status == 302
    assert At("dee", draft).sees(f"/statutes/drafts/{draft.key}/").status == 200
    assert At("bo", draft).does(home, remove=key("dee")).status == 302
    assert At("dee", draft).sees(f"/statutes/drafts/{draft.key}/").status == 404
    assert At("bo", draft).does(home, person="nobody").status == 422


def test_it_is_proposed_and_closed(ministry):
    draft = opened()
    bo = At("bo", draft)
    bo.saves(text_of(draft).replace(*APPOINT))
    page = bo.sees(f"/statutes/drafts/{draft.key}/")
    assert "Provisions that say something else: 1" in page
    answer = bo.does(f"/statutes/drafts/{draft.key}/propose/", reason="fewer hands")
    draft.refresh_from_db()
    assert draft.closed and draft.became
    assert answer.response["Location"] == f"/statutes/proposals/{draft.became}/"
    found = Proposal.objects.get(edition=draft.became)
    assert (found.title, found.proposer, found.base) == ("Appointments", key("bo"), draft.base)
    assert list(found.differs) == ["organisation-act/2"]
    assert bo.saves("more", 1)[0] == 409
    assert verify().differences == []


def test_what_does_not_compile_is_not_proposed(ministry):
    draft = opened()
    bo = At("bo", draft)
    bo.saves(text_of(draft).replace("may appoint-officer", "may apoint-officer"))
    page = bo.does(f"/statutes/drafts/{draft.key}/propose/")
    assert page.status == 409
    assert f"{FILE}, line" in page
    assert not Proposal.objects.exists()


def test_the_book_decides_who_may_propose(ministry):
    draft = opened("dee")
    At("dee", draft).saves(text_of(draft).replace(*APPOINT))
    assert At("dee", draft).does(f"/statutes/drafts/{draft.key}/propose/").status == 403
    draft.refresh_from_db()
    assert draft.closed is None


def test_a_draft_of_a_proposed_edition_takes_its_place(ministry):
    first = proposed(ministry, APPOINT)
    Somebody("bo").does("/statutes/drafts/new", title="Again", edition=first)
    draft = Draft.objects.get()
    assert APPOINT[1] in text_of(draft)
    At("bo", draft).saves(
        text_of(draft).replace("owner: permanent-secretary", "owner: legal-adviser")
    )
    At("bo", draft).does(f"/statutes/drafts/{draft.key}/propose/")
    draft.refresh_from_db()
    head = Proposal.objects.get(edition=draft.became)
    assert (head.root, head.revised) == (first, None)
    assert Proposal.objects.get(edition=first).revised


def enacted(house, *changes):
    edition = proposed(house, *changes)
    certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=edition))
    return edition


def test_a_draft_is_taken_over_to_a_newer_edition(ministry):
    draft = opened()
    bo = At("bo", draft)
    before = text_of(draft)
    bo.saves(before + "\nA line of Bo's.\n")
    other, other_before = "basic-law.md", text_of(draft, "basic-law.md")
    newer = enacted(ministry, APPOINT, ("owner: permanent-secretary", "owner: legal-adviser"))
    assert "Another edition has come into force" in bo.sees(f"/statutes/drafts/{draft.key}/")
    bo.does(f"/statutes/drafts/{draft.key}/rebase/")
    draft.refresh_from_db()
    assert draft.base == newer
    assert APPOINT[1] in text_of(draft)
    assert text_of(draft).endswith("A line of Bo's.\n")
    # Who still types over the old edition takes nothing of the new one back.
    late = before + "\nA late line.\n"
    bo.saves(late, 0)
    assert APPOINT[1] in text_of(draft) and "A late line." in text_of(draft)
    typed = other_before + "\nTyped over the old edition.\n"
    bo.saves(typed, 0, file=other)
    assert text_of(draft, other) == store.edition_files(newer)[other] + (
        "\nTyped over the old edition.\n"
    )


def test_an_older_version_is_put_back_and_the_newer_stays(ministry):
    draft = opened()
    bo, before = At("bo", draft), text_of(draft)
    bo.saves(before + "One.\n")
    bo.saves(before + "Two.\n", 1)
    bo.does(f"/statutes/drafts/{draft.key}/restore/", version=1)
    assert text_of(draft) == before + "One.\n"
    assert [one.number for one in Version.objects.filter(draft=draft)] == [1, 2, 3]
    page = bo.sees(f"/statutes/drafts/{draft.key}/history/", version=2)
    assert "Two" in page and "One" in page


def test_who_else_is_there_is_told_until_they_leave(ministry):
    draft = opened("bo", "cy")
    bo, cy = At("bo", draft), At("cy", draft)
    given = {"tab": "tab-of-bo-1", "file": FILE, "provision": "2. Offices", "writing": True}
    assert bo.asks("here", **given)[1]["present"] == []
    bo.saves(text_of(draft) + "\nOne.\n")
    _, said = cy.asks("here", tab="tab-of-cy-1", file=FILE, seen=0)
    assert [(one["name"], one["writing"]) for one in said["present"]] == [("Bo", True)]
    assert said["files"] == {FILE: 1} and said["by"] == {FILE: "Bo"}
    bo.asks("here", **given, leaving=True)
    assert cy.asks("here", tab="tab-of-cy-1", file=FILE)[1]["present"] == []


def test_the_compiler_answers_for_a_text_that_is_not_saved(ministry):
    draft = opened()
    bo = At("bo", draft)
    text = text_of(draft).replace("may appoint-officer", "may apoint-officer", 1)
    _, said = bo.asks("diagnostics", file=FILE, text=text)
    wrong = next(one for one in said["problems"] if "apoint-officer" in one["message"])
    line = text.split("\n")[wrong["from"]["line"]]
    assert line[wrong["from"]["column"] : wrong["to"]["column"]] == "apoint-officer"
    assert "appoint-officer" in wrong["fixes"][0]["title"]
    assert bo.asks("diagnostics", file=FILE, text=text_of(draft))[1]["errors"] == 0
    assert not Version.objects.exists()


def test_columns_are_those_of_a_browser(ministry):
    draft = opened()
    text = text_of(draft) + '\n```writ\nact "\U0001f600" zz-wrong\n```\n'
    _, said = At("bo", draft).asks("diagnostics", file=FILE, text=text)
    line = text.split("\n")[said["problems"][0]["from"]["line"]]
    units = len(line.encode("utf-16-le")) // 2
    assert all(one["to"]["column"] <= units for one in said["problems"][:1])


def test_names_are_offered_and_explained(ministry):
    draft = opened()
    bo, text = At("bo", draft), text_of(draft)
    line = next(n for n, one in enumerate(text.split("\n")) if "may appoint-officer" in one)
    column = text.split("\n")[line].index("appoint-officer") + 3
    place = {"file": FILE, "text": text, "line": line, "column": column}
    offers = bo.asks("completion", **place)[1]["offers"]
    assert "appoint-officer" in [one["label"] for one in offers]
    assert "appoint-officer" in bo.asks("hover", **place)[1]["markdown"]
    assert bo.asks("format", **place)[1]["text"] == text


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"file": "../outside.md"}, 422),
        ({"file": ".hidden.md"}, 422),
        ({"text": "x" * 1_000_001}, 422),
        ({"save_id": "short"}, 422),
        ({"based_on": -1}, 422),
    ],
)
def test_what_is_not_right_is_not_kept(ministry, given, status):
    draft = opened()
    said = {"file": FILE, "text": "x", "based_on": 0, "save_id": "a-good-save-id", **given}
    assert At("bo", draft).asks("save", **said)[0] == status
    assert not Version.objects.exists()


def test_nothing_is_saved_without_the_token_of_the_page(ministry):
    draft = opened()
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.cookies = Somebody("bo").client.cookies
    answer = client.post(f"/statutes/drafts/{draft.key}/save", b"{}", "application/json")
    assert answer.status_code == 403


def test_it_is_edited_without_a_script(ministry):
    draft = opened()
    bo, before = At("bo", draft), text_of(draft)
    home = f"/statutes/drafts/{draft.key}/edit/?file={FILE}"
    assert "Problems" in bo.sees(home)
    sent = (before + "\nOne.\n").replace("\n", "\r\n")
    page = bo.does(home, file=FILE, text=sent, based_on="0", save_id="a-good-save-id")
    assert "Saved as version 1" in page
    assert text_of(draft) == before + "\nOne.\n"
    wrong = before.replace("may appoint-officer", "may apoint-officer")
    page = bo.does(home, file=FILE, text=wrong, based_on="1", save_id="another-save-id")
    assert "apoint-officer" in page


def test_an_instrument_is_added_and_a_file_left_as_it_was(ministry):
    draft = opened()
    bo, home = At("bo", draft), f"/statutes/drafts/{draft.key}/file/"
    assert bo.does(home, name="Watch!", title="Watch", rank="regulation").status == 422
    page = bo.does(home, name="watch-order", title="Watch: an order", rank="regulation")
    assert page.status == 302
    assert 'title: "Watch: an order"' in text_of(draft, "watch-order.md")
    bo.does(home, undo="watch-order.md")
    assert "watch-order.md" not in store.files_of(draft)
    assert Version.objects.filter(draft=draft).count() == 2


QUERIES = {"save": 16, "here": 20, "diagnostics": 12}


def test_the_queries_of_what_is_asked_while_typing_are_counted(ministry):
    draft = opened("bo", "cy", "dee")
    bo = At("bo", draft)
    for n in range(5):
        bo.saves(text_of(draft) + f"\n{n}\n", n)
        At("cy", draft).asks("here", tab=f"tab-of-cy-{n}", file=FILE)
    given = {
        "save": {"text": text_of(draft) + "\nmore\n", "based_on": 5, "save_id": "a-good-save-id"},
        "here": {"tab": "tab-of-bo-1"},
        "diagnostics": {"text": text_of(draft)},
    }
    bo.asks("diagnostics", file=FILE, text="")
    for what, most in QUERIES.items():
        with CaptureQueriesContext(connection) as asked:
            assert bo.asks(what, file=FILE, **given[what])[0] == 200
        assert len(asked) <= most, (what, [one["sql"][:120] for one in asked])


def test_a_provision_of_the_book_leads_to_a_draft(ministry):
    page = Somebody("bo").sees("/book/organisation-act/")
    assert "/statutes/drafts/new?provision=organisation-act%2F2" in page.html
    form = Somebody("bo").sees("/statutes/drafts/new?provision=organisation-act/2")
    assert "Amendment of" in form.html
    answer = Somebody("bo").does("/statutes/drafts/new", title="A", provision="organisation-act/2")
    assert "edit/?file=organisation-act.md&at=2" in answer.response["Location"]
