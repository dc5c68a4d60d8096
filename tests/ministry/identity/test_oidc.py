"""Another service names who signs in: only people enrolled here, only by a token for us, of this session, signed."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import override_settings

from ministry.identity.oidc import People
from ministry.people.models import Person
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import key

ISSUER = "https://id.example"
OIDC = {"issuer": ISSUER, "client": "ministry", "secret": "s", "claim": "sub", "name": "Example"}
PROVIDERS = {
    "openid_connect": {
        "SCOPE": ["openid"],
        "APPS": [
            {
                "provider_id": "service",
                "name": "Example",
                "client_id": "ministry",
                "secret": "s",
                "settings": {
                    "server_url": ISSUER,
                    "fetch_userinfo": False,
                    "oauth_pkce_enabled": True,
                },
            }
        ],
    }
}


class Service:
    """The other service. `lies` go into the token; `config` into what it says of itself."""

    key = rsa.generate_private_key(65537, 2048)

    def __init__(self):
        self.lies, self.config, self.signed_by, self.asked = {}, {}, self.key, []
        self.algorithm, self.header, self.addresses = "RS256", {}, []
        self.nonce = ""

    @contextmanager
    def session(self, *_):
        yield self

    def get(self, address, **_):
        self.addresses.append(address)
        if address.endswith("openid-configuration"):
            return Answer(
                {
                    "issuer": ISSUER,
                    "authorization_endpoint": f"{ISSUER}/authorize",
                    "token_endpoint": f"{ISSUER}/token",
                    "jwks_uri": f"{ISSUER}/keys",
                    **self.config,
                }
            )
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return Answer({"keys": [{**public, "kid": "1", "alg": "RS256"}]})

    def request(self, method, address, data, **_):
        self.asked.append(data)
        said = {
            "iss": ISSUER,
            "aud": "ministry",
            "sub": "dee",
            "nonce": self.nonce,
            "exp": time.time() + 60,
            **self.lies,
        }
        token = token_of(said, self.signed_by, self.algorithm, {"kid": "1", **self.header})
        return Answer({"access_token": "a", "id_token": token})


def token_of(said, by, algorithm, header):
    """A token, also one that no library makes: by a secret that is a public key."""
    if not algorithm.startswith("HS"):
        return jwt.encode(said, by, algorithm, header)
    parts = [
        urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": algorithm, "typ": "JWT", **header}, said)
    ]
    signature = hmac.new(by, b".".join(parts), f"sha{algorithm[2:]}").digest()
    return b".".join([*parts, urlsafe_b64encode(signature).rstrip(b"=")]).decode()


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012

    def __init__(self, said):
        self.said = said

    def json(self):
        return self.said

    def raise_for_status(self):
        pass


@pytest.fixture
def service(ministry, monkeypatch):
    service = Service()
    monkeypatch.setattr(People, "get_requests_session", service.session)
    with override_settings(OIDC=OIDC, SOCIALACCOUNT_PROVIDERS=PROVIDERS):
        yield service


def sign_in(browser, service, **changed):
    """Go to the service, and come back with a code."""
    to = browser.send("/sign-in/service/", "/sign-in/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(to.url).query).items()}
    service.nonce = asked.get("nonce", "")
    back = {"state": asked.get("state", ""), "code": "c", **changed}
    return asked, browser.get("/sign-in/service/back/", back)


def test_whoever_is_enrolled_signs_in_and_has_proved_nothing_yet(service):
    browser = Browser()
    asked, back = sign_in(browser, service)
    assert back.url == "/"
    assert browser.person == key("dee")
    assert browser.session["sure_since"] == 0.0
    assert (asked["redirect_uri"], asked["code_challenge_method"], asked["response_type"]) == (
        "http://localhost:8000/sign-in/service/back/",
        "S256",
        "code",
    )
    assert service.asked[0]["code_verifier"]


def test_nobody_is_entered_by_signing_in(service):
    before = Person.everything.count()
    browser = Browser()
    service.lies = {"sub": "zoe"}
    assert sign_in(browser, service)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""
    assert Person.everything.count() == before


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"exp": 1},
        {"nonce": "another"},
        {"nonce": ""},
        {"sub": ""},
        {"sub": ["dee"]},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_is_refused(service, lies):
    browser = Browser()
    service.lies = lies
    assert sign_in(browser, service)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""


def test_a_forged_signature_is_refused(service):
    service.signed_by = rsa.generate_private_key(65537, 2048)
    browser = Browser()
    assert sign_in(browser, service)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_a_token_signed_with_what_others_have_is_refused(service, algorithm):
    """Without a signature, or by a secret that is the public key of the service."""
    public = service.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    service.algorithm, service.signed_by = algorithm, None if algorithm == "none" else public
    browser = Browser()
    assert sign_in(browser, service)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""
    assert f"{ISSUER}/keys" not in service.addresses  # its algorithm alone is enough


def test_keys_come_from_the_service_and_never_from_the_token(service):
    service.signed_by = rsa.generate_private_key(65537, 2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(service.signed_by.public_key()))
    service.header = {
        "jku": "https://evil.example/keys",
        "jwk": public,
        "x5u": "https://evil.example",
    }
    browser = Browser()
    assert sign_in(browser, service)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""
    assert {urlsplit(one).hostname for one in service.addresses} == {"id.example"}


def test_nothing_that_the_service_gives_is_kept(service):
    browser = Browser()
    assert sign_in(browser, service)[1].url == "/"
    assert not SocialToken.objects.exists() and not SocialAccount.objects.exists()
    kept = json.dumps(dict(browser.session.items()))
    assert "access_token" not in kept and "id_token" not in kept and "eyJ" not in kept


def test_a_service_that_says_it_is_another_is_refused(service):
    service.config = {"issuer": "https://evil.example"}
    browser = Browser()
    assert browser.send("/sign-in/service/", "/sign-in/").url == "/sign-in/?problem=oidc"


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"error": "access_denied"}])
def test_an_answer_that_nobody_asked_for_is_refused(service, changed):
    browser = Browser()
    assert sign_in(browser, service, **changed)[1].url == "/sign-in/?problem=oidc"
    assert browser.person == ""
    assert service.asked == []


def test_an_answer_for_another_browser_is_refused(service):
    mine, theirs = Browser(), Browser()
    to = mine.send("/sign-in/service/", "/sign-in/")
    state = parse_qs(urlsplit(to.url).query)["state"][0]
    back = theirs.get("/sign-in/service/back/", {"state": state, "code": "c"})
    assert back.url == "/sign-in/?problem=oidc"
    assert theirs.person == ""


def test_without_configuration_there_is_no_such_way(ministry):
    browser = Browser()
    assert "/sign-in/service/" not in browser.get("/sign-in/").content.decode()
    assert browser.get("/sign-in/service/back/").status_code == 404
    assert browser.send("/sign-in/service/", "/sign-in/").status_code == 404
