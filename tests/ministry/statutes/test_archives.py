"""An edition goes out as a folder or archive and comes back the same; nothing else comes in by that way."""

import io
import os
import stat
import tarfile
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ministry.database.transaction import now
from ministry.editions.content import digest
from ministry.editions.models import Edition
from ministry.editions.queries import digest_at, law_at
from ministry.statutes import archives
from ministry.statutes.archives import Unfit, archive, folder, opened, written
from ministry.statutes.tarred import packed
from tests.ministry.console import conftest as console
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import texts
from tests.ministry.statutes.drafts import APPOINT
from writ.book.load import load_book

house = console.house
NAMES = st.from_regex(r"[a-z0-9_]{1,8}(/[a-z0-9_]{1,8}){0,2}\.md", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


def zipped(*members, **options):
    """An archive of (name or ZipInfo, bytes)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", **options) as out:
        for name, data in members:
            out.writestr(name, data)
    return made.getvalue()


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(NAMES, TEXTS, min_size=1, max_size=5))
def test_whatever_goes_into_an_archive_comes_out_of_it(files):
    files = {**files, "book.md": ""}
    assert opened(archive(files)) == files
    assert archive(files) == archive(dict(reversed(files.items())))


def test_a_folder_compiles_to_the_same_digest(house, tmp_path):
    edition, out = digest_at(now()), tmp_path / "out"
    call_command("export-edition", "in-force", out, stdout=io.StringIO())
    assert digest(folder(out)) == edition
    book, found = load_book(out)
    assert len(book.instruments) == len(law_at(now()).book.instruments)
    assert not [one for one in found if one.code.startswith("S")]
    call_command("export-edition", edition, tmp_path / "again", stdout=io.StringIO())
    for wrong in (("in-force", out), ("0" * 64, tmp_path / "none")):
        with pytest.raises(CommandError):
            call_command("export-edition", *wrong, stdout=io.StringIO())


def test_what_is_taken_in_is_deposited_and_says_how_it_differs(house, tmp_path):
    files = {name: text.replace(*APPOINT) for name, text in texts().items()}
    written(files, tmp_path / "book")
    (tmp_path / "book.zip").write_bytes(
        archive({f"top/{name}": text for name, text in files.items()})
    )
    for path in ("book", "book.zip"):
        said = io.StringIO()
        call_command("import-edition", tmp_path / path, stdout=said)
        assert digest(files) in said.getvalue()
        assert "amended  Organisation Act s. 2" in said.getvalue()
    assert Edition.objects.filter(digest=digest(files)).exists()


def test_a_text_with_errors_is_not_taken_in(house, tmp_path):
    files = {**texts(), "bad.md": "---\nid: x\n---\n# X\n"}
    (tmp_path / "bad.zip").write_bytes(archive(files))
    with pytest.raises(CommandError, match="errors"):
        call_command("import-edition", tmp_path / "bad.zip", stdout=io.StringIO())
    assert not Edition.objects.filter(digest=digest(files)).exists()


def link(name):
    found = zipfile.ZipInfo(name)
    found.external_attr = (stat.S_IFLNK | 0o777) << 16
    return found


BAD = {
    "absolute": zipped(("/etc/a.md", b"")),
    "above": zipped(("../a.md", b"")),
    "within": zipped(("a/../../b.md", b"")),
    "drive": zipped(("C:/a.md", b"")),
    "hidden": zipped((".git/a.md", b"")),
    "a link": zipped((link("a.md"), b"/etc/passwd")),
    "another kind": zipped(("a.exe", b"MZ")),
    "bzip": zipped(("a.md", b"x" * 99), compression=zipfile.ZIP_BZIP2),
    "none": zipped(),
    "not UTF-8": zipped(("a.md", b"\xff\xfe")),
    "no archive": b"PK\x03\x04 and nothing more",
    "empty": b"",
    "cut": archive(texts())[:-40],
    "tar": b"book.md" + b"\0" * 505,
    "long": zipped(("a" * 300 + ".md", b"")),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_edition_has_is_not_taken_in(name):
    with pytest.raises(Unfit):
        opened(BAD[name])


def test_two_of_a_name_are_not_taken_in():
    with pytest.warns(UserWarning):
        data = zipped(("a.md", b"1"), ("a.md", b"2"))
    with pytest.raises(Unfit, match="twice"):
        opened(data)


def test_a_bomb_is_stopped_at_its_bound_whatever_its_head_says(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 100_000)
    bomb = zipped(
        ("a.md", b"\0" * 90_000), ("b.md", b"\0" * 20_000), compression=zipfile.ZIP_DEFLATED
    )
    assert len(bomb) < 1_000
    with pytest.raises(Unfit, match="more than"):
        opened(bomb)
    many = zipped(*((f"{at}.md", b"") for at in range(2_001)))
    with pytest.raises(Unfit, match="more than"):
        opened(many)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_is_no_error(data):
    good = bytearray(archive({"book.md": "# A\n" * 9, "a/b.md": "text"}))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unfit):
        assert all(name.endswith(".md") for name in opened(bytes(good)))


def test_links_and_what_is_hidden_in_a_folder_are_left_out(tmp_path):
    written(texts(), tmp_path / "book")
    os.symlink("/etc/passwd", tmp_path / "book" / "secret.md")
    (tmp_path / "book" / ".hidden.md").write_text("x")
    (tmp_path / "book" / "notes.txt").write_text("x")
    assert folder(tmp_path / "book") == texts()
    with pytest.raises(Unfit, match="not an empty"):
        written(texts(), tmp_path / "book")


# --- the pages


def upload(who, data, name="book.zip"):
    file = SimpleUploadedFile(name, data, "application/zip")
    return who.does_then_sees("/statutes/import/", archive=file)


def test_an_archive_is_taken_in_on_a_page_and_reported_before_it_is_proposed(house):
    files = {name: text.replace(*APPOINT) for name, text in texts().items()}
    page = upload(Somebody("cy"), archive(files))
    assert "Organisation Act s. 2" in page and "amended" in page
    assert f"/statutes/?edition={digest(files)}#propose" in page.links
    again = upload(Somebody("cy"), archive(texts()))
    assert "This is the edition in force" in again and "Propose this edition" not in again


def test_what_is_wrong_with_an_archive_is_said_on_the_page(house):
    cy = Somebody("cy")
    assert "Choose an archive" in cy.does("/statutes/import/")
    assert "no name of a text" in upload(cy, BAD["above"])
    page = upload(cy, archive({**texts(), "bad.md": "---\nid: x\n---\n# X\n"}))
    assert page.status == 422 and "What the compiler found" in page and "bad.md" in page
    assert Somebody().does("/statutes/import/", archive="x").status == 302


def test_a_file_to_any_other_address_ends_the_request(house):
    for path in ("/statutes/reviews/statutes-act/", "/acts/appoint-officer/"):
        file = SimpleUploadedFile("a.zip", b"x", "application/zip")
        assert Somebody("cy").does(path, step="begin", archive=file).status == 413


def test_an_edition_is_given_out_as_an_archive_of_the_same_digest(house):
    edition = digest_at(now())
    answer = Somebody("dee").client.get(f"/statutes/editions/{edition}.zip")
    assert digest(opened(answer.content)) == edition
    assert answer["Cache-Control"] == "no-store"
    assert Somebody("dee").sees(f"/statutes/editions/{'0' * 64}.zip").status == 404


def tarred_of(*members, mode="w"):
    """A tar archive of (name or TarInfo, bytes)."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as out:
        for name, data in members:
            head = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            head.size = len(data)
            out.addfile(head, io.BytesIO(data))
    return made.getvalue()


def special(name, kind, to=""):
    head = tarfile.TarInfo(name)
    head.type, head.linkname = kind, to
    return head


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(NAMES, TEXTS, min_size=1, max_size=5))
def test_whatever_goes_into_a_tar_archive_comes_out_of_it(files):
    files = {**files, "book.md": ""}
    assert opened(packed(files)) == files
    assert packed(files) == packed(dict(reversed(files.items())))


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_archive_of_a_folder_is_the_edition_of_that_folder(mode):
    data = tarred_of(("mine/book.md", b"a"), ("mine/law/x.md", b"b"), mode=mode)
    assert opened(data) == {"book.md": "a", "law/x.md": "b"}


@pytest.mark.parametrize(
    "member",
    [
        (special("x.md", tarfile.SYMTYPE, "/etc/passwd"), b""),
        (special("x.md", tarfile.LNKTYPE, "book.md"), b""),
        (special("x.md", tarfile.CHRTYPE), b""),
        (special("x.md", tarfile.BLKTYPE), b""),
        (special("x.md", tarfile.FIFOTYPE), b""),
        ("/etc/x.md", b"x"),
        ("../x.md", b"x"),
        ("a/../../x.md", b"x"),
        ("x.py", b"x"),
        ("book.md", b"twice"),
    ],
)
def test_what_is_no_plain_text_of_an_edition_does_not_come_in_by_tar(member):
    with pytest.raises(Unfit):
        opened(tarred_of(("book.md", b"a"), member))


def test_a_tar_archive_is_read_no_further_than_an_edition_goes(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    for data in (
        tarred_of(("book.md", b"x" * 2_000), mode="w:gz"),
        tarred_of(("book.md", b"x" * 200_000), mode="w:gz"),
        tarred_of(*((f"a{at}.md", b"x") for at in range(4))),
        tarred_of(*((special(f"d{at}", tarfile.DIRTYPE), b"") for at in range(40))),
    ):
        with pytest.raises(Unfit):
            opened(data)


@given(st.binary(max_size=2_000), st.integers(0, 3_000))
def test_a_damaged_tar_archive_is_refused_and_nothing_else_happens(noise, at):
    for whole in (packed({"book.md": "a" * 900}), tarred_of(("book.md", b"a" * 900))):
        with suppress(Unfit):
            opened(whole[:at] + noise + whole[at + len(noise) :])
