"""What the server sees to before it answers anybody: who can read its secrets, and over what it speaks with others."""

import json
import os
import re
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import get_connection
from django.test import override_settings
from requests import RequestException

from ministry import secrets
from ministry.identity import oidc
from ministry.timers.transports import Message, Never, NotNow, mail, webhook
from tests.ministry.serving import ROOT

SAY = (
    "import json; from ministry import settings as s;"
    "print(json.dumps([s.DATABASES['default'].get('OPTIONS', {}).get('sslmode'), s.DEBUG, s.ALLOWED_HOSTS,"
    " s.LOGGING['root'], s.SECRET_KEY, s.WEBHOOK_SECRET, s.SECURE_HSTS_SECONDS]))"
)


def started(home, **environment):
    """What the settings say in a process of its own, or what is wrong with them."""
    given = {"MINISTRY_HOME": str(home), "MINISTRY_DATABASE": "", **environment}
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("MINISTRY", "PG"))
    }
    ran = subprocess.run(
        [sys.executable, "-c", SAY],
        cwd=ROOT,
        env={**kept, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(ran.stdout) if ran.returncode == 0 else ran.stderr.splitlines()[-1]


def test_the_first_start_makes_secrets_that_only_their_owner_reads(tmp_path):
    home = tmp_path / "home"
    said = started(home)
    assert said[1:3] == [False, ["localhost", "localhost", "127.0.0.1", "[::1]"]]
    assert home.stat().st_mode & 0o777 == 0o700
    for name in ("session", "webhooks"):
        path = home / "keys" / name
        assert path.stat().st_mode & 0o777 == 0o600
        assert len(path.read_text("utf-8")) == 64  # 48 random bytes
    assert said[4] != said[5]
    assert started(home)[4:6] == said[4:6]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o644])
def test_a_secret_that_others_can_read_is_not_used(tmp_path, mode):
    secrets.see_closed(tmp_path)
    secrets.kept(tmp_path, "session")
    (tmp_path / "keys" / "session").chmod(mode)
    with pytest.raises(ValueError, match=r"others on this machine can read .*session: run `chmod"):
        secrets.see_closed(tmp_path)


def test_a_folder_of_keys_that_others_can_write_to_is_not_used(tmp_path):
    secrets.see_closed(tmp_path)
    (tmp_path / "keys").chmod(0o770)
    with pytest.raises(ValueError, match="others on this machine"):
        secrets.see_closed(tmp_path)


def test_no_command_starts_with_a_secret_that_others_can_read(tmp_path):
    started(tmp_path)
    (tmp_path / "keys" / "webhooks").chmod(0o644)
    ran = subprocess.run(
        [sys.executable, "-m", "ministry", "check"],
        cwd=ROOT,
        env={**os.environ, "MINISTRY_HOME": str(tmp_path), "MINISTRY_DATABASE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("ministry: others on this machine can read")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("address", "more", "mode"),
    [
        ("postgresql://a:b@db.example/m", {}, "verify-full"),
        ("postgresql://a:b@10.0.0.5:5433/m", {}, "verify-full"),
        ("postgresql://a:b@db.example/m", {"PGSSLMODE": "verify-ca"}, "verify-ca"),
        ("postgresql://a:b@localhost/m", {}, None),
        ("postgresql://a@%2Frun%2Fpostgresql/m", {}, None),
    ],
)
def test_a_database_on_another_machine_is_asked_over_tls_with_its_certificate(
    tmp_path, address, more, mode
):
    assert started(tmp_path, MINISTRY_DATABASE=address, **more)[0] == mode


@pytest.mark.parametrize(
    ("issuer", "good"),
    [
        ("https://id.example", True),
        ("http://localhost:9000", True),
        ("http://id.example", False),
        ("id.example", False),
        ("ftp://id.example", False),
    ],
)
def test_a_sign_in_service_is_asked_over_tls(tmp_path, issuer, good):
    said = started(tmp_path, MINISTRY_OIDC_ISSUER=issuer, MINISTRY_OIDC_CLIENT="c")
    assert isinstance(said, list) is good, said
    assert good or "MINISTRY_OIDC_ISSUER is not an https address" in said


def test_without_https_nothing_says_that_there_is(tmp_path):
    assert started(tmp_path, MINISTRY_URL="http://localhost:8000")[6] == 0
    assert started(tmp_path, MINISTRY_URL="https://writ.example")[6] == 63_072_000


@pytest.fixture
def elsewhere():
    """A server that leads to another address."""
    listening = socket.create_server(("127.0.0.1", 0))
    port, asked = listening.getsockname()[1], []

    def serve():
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            with one:
                asked.append(one.recv(65_536).split(b"\r\n")[0].decode())
                to = f"http://127.0.0.1:{port}/elsewhere"
                one.sendall(
                    f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
                )

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}", asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_the_sign_in_service_is_not_followed_elsewhere(elsewhere):
    address, asked = elsewhere
    with (
        override_settings(OIDC={"issuer": address}),
        oidc.People().get_requests_session() as session,
        pytest.raises(RequestException, match="leads elsewhere"),
    ):
        session.get(f"{address}/.well-known/openid-configuration")
    assert asked == ["GET /.well-known/openid-configuration HTTP/1.1"]


@pytest.mark.parametrize(
    "address", ["http://id.example/keys", "http://127.0.0.1/keys", "ftp://id.example/keys"]
)
def test_the_sign_in_service_names_no_address_without_tls(address):
    with override_settings(OIDC={"issuer": "https://id.example"}):
        with oidc.People().get_requests_session() as session, pytest.raises(RequestException):
            session.get(address)
        assert session.verify is True  # certificates are checked


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Django's socket
def test_mail_goes_over_tls_to_a_server_with_a_certificate_or_not_at_all():
    listening = socket.create_server(("127.0.0.1", 0))
    heard = []

    def serve():
        one, _ = listening.accept()
        with one, one.makefile("rb") as lines:
            one.sendall(b"220 mail.example\r\n")
            for line in lines:
                heard.append(line)
                one.sendall(b"250 mail.example\r\n" if line[:4] == b"EHLO" else b"221 bye\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    host, port = listening.getsockname()
    with override_settings(
        EMAIL_BACKEND=backend,
        EMAIL_HOST=host,
        EMAIL_PORT=port,
        EMAIL_USE_TLS=True,
        EMAIL_USE_SSL=False,
    ):
        context = get_connection().ssl_context
        assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
        with pytest.raises((NotNow, smtplib.SMTPException)):
            mail.send(Message("k", "dee@writ.example", "A subject", "A body"))
    listening.close()
    thread.join(5)
    assert not any(b"MAIL" in line or b"AUTH" in line for line in heard)


def test_only_hosts_that_were_configured_are_posted_to():
    with override_settings(OUTBOUND=frozenset({"auditor.example"})):
        assert webhook.target("https://auditor.example/log").hostname == "auditor.example"
        for address in (
            "https://evil.example/",
            "https://169.254.169.254/",
            "http://127.0.0.1:5432/",
        ):
            with pytest.raises(Never, match="MINISTRY_OUTBOUND"):
                webhook.target(address)


def test_the_log_goes_to_one_place_and_no_other():
    assert settings.LOGGING["handlers"] == {
        "lines": {"class": "logging.StreamHandler", "formatter": "lines"}
    }
    told = [one.get("handlers", []) for one in settings.LOGGING["loggers"].values()]
    assert all(one == [] for one in told) and settings.LOGGING["root"]["handlers"] == ["lines"]


def test_a_resource_that_is_left_open_fails_the_tests(pytestconfig):
    assert pytestconfig.getini("filterwarnings") == ["error"]


def test_no_secret_stands_in_what_is_built():
    """The settings hold no secret of their own, and the image and the units hand none over."""
    for path in [Path(settings.ROOT) / "settings.py", *(ROOT / "deploy").iterdir()]:
        text = path.read_text("utf-8")
        assert not re.search(
            r"(SECRET|PASSWORD|PASSPHRASE|TOKEN)\w*\s*=\s*['\"]?[A-Za-z0-9+/]{8,}", text
        )
    image = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\S+)", image, re.MULTILINE)
    assert copied == ["wheelhouse/", "requirements/", "books/"]  # no source tree, no .git, no var/
    assert "USER ministry" in image


@pytest.mark.parametrize("unit", ["ministry-web", "ministry-worker", "ministry-witness"])
def test_a_service_has_no_more_rights_than_it_needs(unit):
    text = (ROOT / "deploy" / f"{unit}.service").read_text("utf-8")
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
    ):
        assert line in text.splitlines()
    assert re.search(r"^(User=ministry|DynamicUser=yes)$", text, re.MULTILINE)


def test_the_bill_of_materials_is_that_of_the_locks():
    made = subprocess.run([ROOT / "bin" / "sbom"], capture_output=True, text=True, check=True)
    bill = json.loads(made.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    said = {
        (one["name"], one["version"])
        for one in bill["components"]
        if one["purl"].startswith("pkg:pypi/")
    }
    locked = set()
    for lock in ("run", "server"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        locked |= set(re.findall(r"^(\S+)==(\S+)", text, re.MULTILINE))
    assert said == locked
    assert len({one["bom-ref"] for one in bill["components"]}) == len(bill["components"])
    assert all(one["hashes"] for one in bill["components"])
