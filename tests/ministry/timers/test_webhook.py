"""Webhooks: signed, to whom it is meant, accepted once."""

import datetime as dt
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.test import RequestFactory

from ministry.database.transaction import now
from ministry.timers.models import Received
from ministry.timers.received import WINDOW, NotVerified, Replayed, verified
from ministry.timers.signature import Sender, private_key, signed
from ministry.timers.transports import Message, Never, NotNow, webhook

BODY = json.dumps({"what": "an alarm"})
US = Sender("us", public_keys=(webhook.public_key(),))


@pytest.fixture
def receiver():
    """A server on this machine; it answers with `status` and keeps what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.server.got.append((self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(self.server.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.status = [], 200
    server.address = f"http://127.0.0.1:{server.server_port}/hook?a=1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def request_of(headers, body=BODY):
    names = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()}
    return RequestFactory().post("/", body, content_type="application/json", **names)


def signed_headers(key="k-1", ago=0, body=BODY, secret="", by=None):
    at = int(now().timestamp()) - ago
    signature = signed(by or webhook.own_key(), key, at, body.encode())
    return {"webhook-id": key, "webhook-timestamp": str(at), "webhook-signature": signature}


def test_what_is_sent_is_accepted_by_whoever_knows_our_key(ministry, receiver):
    webhook.send(Message("k-1", receiver.address, "", BODY))
    ((path, headers, body),) = receiver.got
    assert (path, body.decode()) == ("/hook?a=1", BODY)
    assert headers["Idempotency-Key"] == headers["webhook-id"] == "k-1"
    kept = {name: text for name, text in headers.items() if name.startswith("webhook-")}
    assert verified(request_of(kept), US) == "k-1"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, Never),
        (307, Never),
        (400, Never),
        (410, Never),
        (409, NotNow),
        (429, NotNow),
        (503, NotNow),
    ],
)
def test_the_answer_says_whether_to_try_again(receiver, status, error):
    receiver.status = status
    with pytest.raises(error, match=str(status)):
        webhook.send(Message("k", receiver.address, "", BODY))
    assert len(receiver.got) == 1, "a redirect was followed"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/hook",
        "http://127.0.0.1.example.org/",
        "http://localhost@example.org/",
        "https://user:password@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://example.org/\r\nX: y",
        "//example.org/",
        "",
    ],
)
def test_an_address_that_is_neither_https_nor_here_is_refused(address):
    with pytest.raises(Never):
        webhook.send(Message("k", address, "", BODY))


@pytest.mark.parametrize(
    "address", ["http://[::1]:8/", "http://127.8.9.1/", "https://example.org/a"]
)
def test_addresses_that_are_allowed(address):
    assert webhook.target(address).hostname


def test_nobody_there_means_later():
    with pytest.raises(NotNow):
        webhook.send(Message("k", "http://127.0.0.1:1/", "", BODY))


def test_one_who_drips_is_cut_off(monkeypatch, receiver):
    monkeypatch.setattr(webhook, "LONGEST", 0.3)
    held = threading.Event()

    def dripping(self):
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while not held.wait(0.02):
            try:
                self.wfile.write(b"X: y\r\n")
            except OSError:
                return

    monkeypatch.setattr(receiver.RequestHandlerClass, "do_POST", dripping)
    try:
        with pytest.raises(NotNow):
            webhook.send(Message("k", receiver.address, "", BODY))
    finally:
        held.set()


def test_one_who_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(webhook, "SILENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        for scheme in ("http", "https"):
            with pytest.raises(NotNow):
                webhook.send(
                    Message("k", f"{scheme}://127.0.0.1:{mute.getsockname()[1]}/", "", BODY)
                )


@pytest.fixture
def certificate(tmp_path):
    """A file with a certificate for this machine, of nobody's authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.public_bytes(Encoding.PEM)
    )
    return file


def test_https_is_spoken_only_with_whom_a_known_authority_vouches_for(
    monkeypatch, receiver, certificate
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    receiver.socket = context.wrap_socket(
        receiver.socket, server_side=True, do_handshake_on_connect=False
    )
    monkeypatch.setattr(receiver, "handle_error", lambda *_: None)
    address = receiver.address.replace("http:", "https:")
    with pytest.raises(NotNow, match="certificate"):
        webhook.send(Message("k", address, "", BODY))
    assert receiver.got == []
    known = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(webhook.ssl, "create_default_context", lambda: known)
    webhook.send(Message("k", address, "", BODY))
    assert len(receiver.got) == 1


def test_a_webhook_is_accepted_once(ministry):
    request = request_of(signed_headers())
    assert verified(request, US) == "k-1"
    with pytest.raises(Replayed):
        verified(request, US)


def test_its_senders_next_try_is_known_too(ministry):
    verified(request_of(signed_headers(ago=60)), US)
    with pytest.raises(Replayed):
        verified(request_of(signed_headers()), US)


def test_the_same_key_with_another_body_is_no_repetition(ministry):
    verified(request_of(signed_headers()), US)
    other = '{"what":"another"}'
    with pytest.raises(NotVerified) as refused:
        verified(request_of(signed_headers(body=other), other), US)
    assert not isinstance(refused.value, Replayed)


def test_what_was_undone_was_not_accepted(ministry):
    request = request_of(signed_headers())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        verified(request, US)
        raise ZeroDivisionError
    assert verified(request, US) == "k-1"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: signed_headers(ago=WINDOW + 5),
        lambda found: signed_headers(ago=-WINDOW - 5),
        lambda found: signed_headers(by=private_key("another")),
        lambda found: {**found, "webhook-id": "k-2"},
        lambda found: {**found, "webhook-id": ""},
        lambda found: {**found, "webhook-id": "k" * 201},
        lambda found: {**found, "webhook-timestamp": str(int(found["webhook-timestamp"]) + 1)},
        lambda found: {**found, "webhook-timestamp": "now"},
        lambda found: {**found, "webhook-timestamp": "٣"},
        lambda found: {**found, "webhook-signature": ""},
        lambda found: {**found, "webhook-signature": "v1a,====" + found["webhook-signature"][4:]},
        lambda found: {**found, "webhook-signature": found["webhook-signature"].replace("v1a", "v1")},
        lambda found: {},
    ],
    ids=[
        "old", "of the future", "of another", "another key", "no key", "a long key", "another time",
        "no number", "no digit of ours", "no signature", "no base64", "another kind", "nothing",
    ],
)  # fmt: skip
def test_a_webhook_that_is_not_right_is_refused_and_leaves_nothing(ministry, spoil):
    with pytest.raises(NotVerified):
        verified(request_of(spoil(signed_headers())), US)
    assert not Received.objects.exists()


def test_a_body_that_was_changed_is_refused(ministry):
    with pytest.raises(NotVerified):
        verified(request_of(signed_headers(), BODY.replace("an", "no")), US)


def test_a_shared_secret_serves_where_the_sender_has_no_key(ministry):
    secret, at = b"s" * 32, str(int(now().timestamp()))
    digest = hmac.new(secret, f"k.{at}.{BODY}".encode(), hashlib.sha256).digest()
    headers = {
        "webhook-id": "k",
        "webhook-timestamp": at,
        "webhook-signature": f"v1,AAAA v1,{b64encode(digest).decode()}",
    }
    with pytest.raises(NotVerified):
        verified(request_of(headers), Sender("them", secrets=(b"t" * 32,)))
    assert verified(request_of(headers), Sender("them", secrets=(secret,))) == "k"
