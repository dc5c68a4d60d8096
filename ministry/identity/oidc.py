"""Sign-in with another service of the ministry, by OpenID Connect Core 1.0: only for people who are enrolled already.

Stricter than what allauth does of itself: the signature of the token is always checked, so are the issuer against the
one configured, and a nonce of this browser's session. Nothing that the service tells is kept.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from jwt import PyJWTError, get_unverified_header
from requests import PreparedRequest, RequestException, Response, Session
from requests.exceptions import InvalidSchema

from ministry.identity import limits, sessions
from ministry.people.models import Person

log = logging.getLogger("ministry.identity")
NONCE = "oidc_nonce"
PROVIDER = "service"
ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
)
"""By which a token may be signed: with a key that only the service has; not `none`, not a secret that both have."""
PATIENCE = 10.0
"""Seconds for an answer of the service."""
NOBODY = "/sign-in/?problem=oidc"


class Service(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # it has no types
    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.ORIGIN}{reverse('sign-in-service-back')}"

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        if found.get("issuer") != settings.OIDC["issuer"]:
            raise OAuth2Error("the service says that it is another")
        return found

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            if get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("the token is not signed as we take it")
            said: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=settings.OIDC["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
                verify_signature=True,
            )
        except (PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("not a token of identity") from error
        if not said.get("sub"):
            raise OAuth2Error("the token names nobody")
        nonce = self.request.session.pop(NONCE, "")
        if not nonce or not hmac.compare_digest(str(said.get("nonce", "")), nonce):
            raise OAuth2Error("the token is not for this session")
        return said

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("the service gave no token of identity")
        said = {"id_token": self._decode_id_token(app, id_token)}
        return self.get_provider().sociallogin_from_response(request, said)


class Asking(Session):
    """Asks the service: over TLS with a certificate that is verified, for so long, and no redirect is followed."""

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        see_secure(request.url or "")
        given = {**kwargs, "timeout": PATIENCE, "allow_redirects": False}
        answer = super().send(request, **given)
        if answer.is_redirect:
            raise RequestException("the service leads elsewhere")
        return answer


def see_secure(address: str) -> None:
    """See that an address that the service named is one of TLS, or on this machine where the service is.

    Raises:
        InvalidSchema: it is not.
    """
    to, service = urlsplit(address), urlsplit(settings.OIDC["issuer"])
    if to.scheme != "https" and (to.scheme, to.hostname) != (service.scheme, service.hostname):
        raise InvalidSchema("the service names an address without TLS")


class People(DefaultSocialAccountAdapter):  # type: ignore[misc]  # it has no types
    """Nobody is entered by signing in; whoever is enrolled is found by the claim that was configured."""

    def get_requests_session(self) -> Session:
        return Asking()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(redirect(NOBODY))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        said = sociallogin.account.extra_data.get("id_token", sociallogin.account.extra_data)
        claim = said.get(settings.OIDC["claim"])
        person = None
        if isinstance(claim, str) and claim:
            person = Person.everything.filter(sign_in=claim, is_active=True).first()
        if person is None:
            log.warning("sign-in refused", extra={"event": "sign-in", "way": "oidc", "ok": False})
            raise ImmediateHttpResponse(redirect(NOBODY))
        sessions.sign_in(request, person, "oidc", sure=False)
        log.info(
            "signed in",
            extra={"event": "sign-in", "way": "oidc", "ok": True, "person": person.key},
        )
        raise ImmediateHttpResponse(redirect(settings.LOGIN_REDIRECT_URL))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Go to the other service."""
    service = of(request)
    if not limits.allowed("sign-in", limits.address(request)):
        return redirect("/sign-in/?problem=limit")
    nonce = secrets.token_urlsafe(32)
    request.session[NONCE] = nonce
    provider = service.get_provider()
    provider.oauth2_adapter_class = Service
    try:
        found: HttpResponse = provider.redirect(
            request, process="login", auth_params={"nonce": nonce}
        )
        see_secure(found.headers.get("Location", ""))
    except (OAuth2Error, RequestException):
        log.warning("the sign-in service does not answer", extra={"event": "oidc", "ok": False})
        return redirect(NOBODY)
    if not isinstance(found, HttpResponseRedirect):
        return redirect(NOBODY)
    return found


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Come back from the other service."""
    found: HttpResponse = OAuth2CallbackView.adapter_view(of(request))(request)
    if found.status_code >= 400 or not isinstance(found, HttpResponseRedirect):
        log.warning("sign-in refused", extra={"event": "sign-in", "way": "oidc", "ok": False})
        return redirect(NOBODY)
    return found


def of(request: HttpRequest) -> Service:
    if not settings.OIDC:
        raise Http404
    get_adapter(request)
    return Service(request, PROVIDER)
