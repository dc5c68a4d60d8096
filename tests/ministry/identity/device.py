"""A device that keeps passkeys, made of fido2's own structures: it can be told to lie."""

from __future__ import annotations

import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost:8000"
FLAG = AuthenticatorData.FLAG


class Device:
    """One passkey. `verifies=False` clears the flag of user verification; `origin` is the page that it believes in."""

    def __init__(self, verifies=True, origin=ORIGIN, rp="localhost"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.handle = b""
        self.counter = 1
        self.verifies, self.origin, self.rp = verifies, origin, rp

    def flags(self, *more):
        found = FLAG.UP
        for flag in (*more, *([FLAG.UV] if self.verifies else [])):
            found |= flag
        return found

    def client(self, kind, options):
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def register(self, options):
        """The answer to `creation_options`, as the browser's script sends it."""
        options = plain(options)
        self.handle = websafe_decode(options["publicKey"]["user"]["id"])
        client = self.client("webauthn.create", options)
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            sha256(self.rp.encode()), self.flags(FLAG.AT), self.counter, credential
        )
        return self.answer(
            client,
            attestationObject=websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        )

    def prove(self, options):
        """The answer to `request_options`."""
        options = plain(options)
        self.counter += 1
        client = self.client("webauthn.get", options)
        data = AuthenticatorData.create(sha256(self.rp.encode()), self.flags(), self.counter)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self.answer(
            client,
            authenticatorData=websafe_encode(bytes(data)),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(self.handle),
        )

    def answer(self, client, **response):
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {"clientDataJSON": websafe_encode(bytes(client)), **response},
            }
        )


def plain(options):
    """Options as they arrive in a browser: as JSON."""
    from django.core.serializers.json import DjangoJSONEncoder

    return json.loads(json.dumps(options, cls=DjangoJSONEncoder))
