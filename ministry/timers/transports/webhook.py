"""Signed webhooks: a POST to an address of somebody else, who can tell that it is ours and whether it came before."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from ministry.timers.signature import private_key, signed
from ministry.timers.transports import LONGEST, Message, Never, NotNow, transport

SILENCE = 10.0
"""Seconds that the other side may say nothing."""
LATER = {408, 409, 425, 429}
"""Answers of the 4xx after which it may be tried again; all others of them mean that the message is not wanted."""


def own_key() -> Ed25519PrivateKey:
    return private_key(settings.WEBHOOK_SECRET)


def public_key() -> bytes:
    """By which receivers know our signatures: a raw Ed25519 public key."""
    return own_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@transport("webhook")
def send(message: Message) -> None:
    """Post a message. Redirects are not followed, and of the answer only its status is read."""
    to = target(message.address)
    body = message.body.encode()
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": message.key,
        "webhook-id": message.key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed(own_key(), message.key, timestamp, body),
        "User-Agent": "Writ",
        "Connection": "close",
    }
    try:
        status = post(to, body, headers)
    except ssl.SSLCertVerificationError as error:
        raise NotNow(f"its certificate is not accepted: {error.verify_message}") from None
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        # The last two: what `ssl` raises when its socket is shut down at the end of the time.
        raise NotNow(f"no answer ({type(error).__name__})") from None
    if 200 <= status < 300:
        return
    said = f"it answers {status}"
    if 300 <= status < 400:
        raise Never(f"{said}; redirects are not followed")
    raise (Never if 400 <= status < 500 and status not in LATER else NotNow)(said)


def target(address: str) -> SplitResult:
    """Where to post to.

    Raises:
        Never: it is neither https nor on this machine, holds a password, or is none that was configured.
    """
    try:
        to = urlsplit(address)
        host, _ = to.hostname or "", to.port
    except ValueError:
        raise Never("the address cannot be read") from None
    if not address.isascii() or not address.isprintable() or " " in address:
        raise Never("the address has characters that no address has")
    if to.username is not None or to.password is not None:
        raise Never("an address with a password in it")
    if not host or not (to.scheme == "https" or (to.scheme == "http" and loopback(host))):
        raise Never("a webhook goes to https, or to this machine")
    if settings.OUTBOUND and host not in settings.OUTBOUND:
        raise Never("its host is none of MINISTRY_OUTBOUND")
    return to


def loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def post(to: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer, which must begin within `SILENCE` and have come within `LONGEST` seconds."""
    host, secure = to.hostname or "", to.scheme == "https"
    begun = time.monotonic()
    port = 443 if secure else 80
    connection = http.client.HTTPConnection(host, to.port or port, timeout=SILENCE)
    connection.default_port = port  # which the header `Host` leaves out
    connection.connect()
    # A timeout of a socket is between two bytes: one that drips would hold the sender for ever.
    late = threading.Timer(LONGEST - (time.monotonic() - begun), cut, [connection])
    late.daemon = True
    late.start()
    try:
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.sock.do_handshake()
        path = (to.path or "/") + (f"?{to.query}" if to.query else "")
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
        if time.monotonic() - begun > LONGEST:  # the end of what was read is where it was cut
            raise TimeoutError
        return status
    finally:
        late.cancel()
        connection.close()


def cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # it is closed already
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
