"""The addresses of identity."""

from __future__ import annotations

from django.urls import path

from ministry.identity import oidc
from ministry.identity.views import enrolment, passkeys, security, sessions, sign_in, tokens

urlpatterns = [
    path("sign-in/", sign_in.page, name="account_login"),
    path("sign-in/passkey/", sign_in.passkey, name="sign-in-passkey"),
    path("sign-in/recovery/", sign_in.recovery, name="sign-in-recovery"),
    path("sign-in/demo/", sign_in.demo, name="sign-in-demo"),
    path("sign-in/service/", oidc.begin, name="sign-in-service"),
    path("sign-in/service/back/", oidc.back, name="sign-in-service-back"),
    path("account/sign-out/", sign_in.out, name="sign-out"),
    path("account/enrol/", enrolment.open_link, name="enrol"),
    path("account/enrol/passkey/", enrolment.register, name="enrol-passkey"),
    path("account/passkeys/", passkeys.listed, name="passkeys"),
    path("account/passkeys/add/", passkeys.add, name="passkey-add"),
    path("account/passkeys/<str:passkey>/remove/", passkeys.remove, name="passkey-remove"),
    path("account/recovery-codes/", passkeys.codes, name="recovery-codes"),
    path("account/sure/", passkeys.prove, name="prove"),
    path("account/sessions/", sessions.listed, name="sessions"),
    path("account/sessions/end/", sessions.end, name="session-end"),
    path("account/office/", sessions.office, name="office"),
    path("account/tokens/", tokens.listed, name="tokens"),
    path("account/tokens/<str:token>/revoke/", tokens.revoke, name="token-revoke"),
    path("account/people/", security.people, name="account-people"),
]
