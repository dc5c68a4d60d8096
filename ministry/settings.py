"""Settings, all from the environment; with none given it runs on SQLite in `var/ministry`.

`MINISTRY_HOME`      the folder of the database, the keys and the mail that was not sent
`MINISTRY_DATABASE`  `postgresql://user:password@host:port/name`; left out: SQLite in that folder
`MINISTRY_URL`       the address that people open, `https://writ.example`; passkeys are bound to its host
`MINISTRY_LOG`       the name of the log, which its keys have too; left out: the host of that address and `/log`
`MINISTRY_LEASE`     seconds for which a worker has a timer, 10; a lost worker's timers are late by so much
`MINISTRY_MAIL`      `smtp://user:password@host:587` (with STARTTLS) or `smtps://...:465`; left out: a folder
`MINISTRY_MAIL_FROM` the address that mail is from; left out: `ministry@` and the host of `MINISTRY_URL`
`MINISTRY_WEBHOOKS`  the secret that webhooks are signed with; left out: one is made and kept in the home folder
`MINISTRY_OUTBOUND`  the hosts that webhooks and requests to witnesses may go to, with blanks between; left out: any
`MINISTRY_DEMO`      `1`: the demonstration people may sign in with one click, behind a banner
`MINISTRY_BOOK_LANGUAGE` the language that the law of the Book is written in, as HTML names it; left out: `en`
`MINISTRY_PROXIES`   how many proxies of our own stand before the server and write `X-Forwarded-For`; left out: none

`MINISTRY_IDLE_MINUTES`, `MINISTRY_SESSION_HOURS`   when a session ends that nobody uses, and when any ends (30, 12)
`MINISTRY_OIDC_ISSUER`, `_CLIENT`, `_SECRET`, `_CLAIM`, `_NAME`   sign-in with another service (docs/identity.md)
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ministry.database import described
from ministry.secrets import kept, see_closed

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("MINISTRY_HOME", "var/ministry")).resolve()
URL = os.environ.get("MINISTRY_URL", "http://localhost:8000")
DEMO = os.environ.get("MINISTRY_DEMO") == "1"
HOST = urlsplit(URL).hostname or "localhost"
SECURE = urlsplit(URL).scheme == "https"
LOG_ORIGIN = os.environ.get("MINISTRY_LOG") or f"{HOST}/log"


def here(host: str) -> bool:
    """Whether a name is of this machine itself."""
    return host in ("localhost", "127.0.0.1", "::1")


def see_secure(name: str, address: str) -> None:
    """See that what a setting leads to is asked over TLS.

    Raises:
        ValueError: it is not, and not on this machine either.
    """
    to = urlsplit(address)
    if to.scheme != "https" and not (to.scheme == "http" and here(to.hostname or "")):
        raise ValueError(f"{name} is not an https address")


see_closed(HOME)
SECRET_KEY = os.environ.get("MINISTRY_SECRET") or kept(HOME, "session")
DEBUG = False
ALLOWED_HOSTS = [HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL]

INSTALLED_APPS = [
    "ministry.words",
    "ministry.labels",
    "ministry.people",
    "ministry.editions",
    "ministry.register",
    "ministry.timers",
    "ministry.gate",
    "ministry.notices",
    "ministry.command",
    "ministry.statutes",
    "ministry.rosters",
    "ministry.personnel",
    "ministry.approvals",
    "ministry.oversight",
    "ministry.operations",
    "ministry.identity",
    "ministry.console",
    "ministry.api",
    "ministry.reading",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "ministry.logging.requests.Middleware",
    "ministry.words.middleware.Middleware",
    # What every answer has comes first: those of files, of what is too large and of errors have it too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "ministry.identity.headers.Middleware",
    "ministry.console.middleware.Middleware",
    "ministry.api.middleware.Middleware",
    "ministry.identity.bodies.Middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ministry.reading.middleware.Middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ministry.identity.acting.Middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "ministry.urls"
WSGI_APPLICATION = "ministry.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ministry.identity.context.identity",
                "ministry.console.context.shell",
            ],
        },
    }
]

DATABASES = {"default": described(os.environ.get("MINISTRY_DATABASE", ""), HOME)}
if (DATABASES["default"].get("HOST") or "/")[0] != "/" and not here(DATABASES["default"]["HOST"]):
    # On the way to another machine it is TLS, with a certificate for that machine, unless the operator says otherwise.
    DATABASES["default"]["OPTIONS"]["sslmode"] = os.environ.get("PGSSLMODE", "verify-full")
DATABASE_ROUTERS = ["ministry.database.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

LANGUAGE_CODE = "en-gb"  # what is recorded, logged and answered to programs (docs/words.md)
LANGUAGES = [("en-gb", "English"), ("fr", "Français")]
BOOK_LANGUAGE = os.environ.get("MINISTRY_BOOK_LANGUAGE", "en")
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE else "language"
LANGUAGE_COOKIE_AGE = 365 * 86_400
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
LOOK_COOKIE_NAME = "__Host-look" if SECURE else "look"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # `ministry up` collects into it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ministry.console.assets.Assets"},
}

# What browsers are told.
ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(URL))
SECURE_SSL_REDIRECT = False  # the proxy before us does it, and for pages alone
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing of ours is for the pages of others
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "img-src": ["'self'", "data:"],
    }
}

# Sessions: of random keys, kept as digests, ended when unused or old.
SESSION_ENGINE = "ministry.identity.sessions"
SESSION_COOKIE_AGE = 60 * int(os.environ.get("MINISTRY_IDLE_MINUTES", "30"))
SESSION_LASTS = 3600 * int(os.environ.get("MINISTRY_SESSION_HOURS", "12"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "ministry.identity.views.refusals.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Who signs in, and how (docs/identity.md).
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["ministry.identity.backends.Signed"]
ACCOUNT_ADAPTER = "ministry.identity.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "ministry.identity.adapters.display"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*"]
MFA_ADAPTER = "ministry.identity.adapters.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "ministry.identity.oidc.People"
SOCIALACCOUNT_STORE_TOKENS = False
OIDC = {
    name: os.environ.get(f"MINISTRY_OIDC_{name.upper()}", default)
    for name, default in (
        ("issuer", ""),
        ("client", ""),
        ("secret", ""),
        ("claim", "sub"),
        ("name", "the sign-in service"),
    )
    if os.environ.get("MINISTRY_OIDC_ISSUER")
}
if OIDC:
    see_secure("MINISTRY_OIDC_ISSUER", OIDC["issuer"])
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "SCOPE": ["openid", "profile"],
            "APPS": [
                {
                    "provider_id": "service",
                    "name": OIDC["name"],
                    "client_id": OIDC["client"],
                    "secret": OIDC["secret"],
                    "settings": {
                        "server_url": OIDC["issuer"],
                        "fetch_userinfo": False,
                        "oauth_pkce_enabled": True,
                    },
                }
            ],
        }
    }
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC["issuer"]))
    )
DEMO_PEOPLE = os.environ.get("MINISTRY_DEMO_PEOPLE", "ada bo cy dee eve fay").split()

# How often something may be tried, and in how many seconds: from one address, or by one person.
LIMITS = {
    "sign-in": (300, 60),  # a whole ministry may stand behind one address
    "recovery": (5, 900),
    "link": (10, 900),
    "prove": (10, 300),
    # Of the API, in each process.
    "api-acts": (600, 60),
    "api-editions": (20, 60),
    "import": (20, 600),
    # Of the reading room, from one address, in each process.
    "law": (1_200, 60),
    # Of a drafter, in each process: a save each second, and what is asked while typing.
    "draft-saves": (90, 60),
    "draft-looks": (900, 60),
}
PROXIES = int(os.environ.get("MINISTRY_PROXIES", "0"))

BODY_LIMITS = {
    "/sign-in/": 65_536,
    "/language/": 16_384,
    "/preferences/": 16_384,
    "/account/": 65_536,
    "/api/acts/": 262_144,
    "/api/decide": 262_144,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "ministry.statutes.uploads.Here"
]  # one form takes a file; elsewhere it ends the request

LOG_LEVEL = os.environ.get("MINISTRY_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "ministry.logging.lines.Lines"}},
    "filters": {"refusals": {"()": "ministry.logging.refusals.Refusals", "least": LOG_LEVEL}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # what was refused, our own line says
        "ministry": {"level": LOG_LEVEL},
        "ministry.requests": {"level": "INFO", "filters": ["refusals"]},
        "ministry.security": {"level": "INFO"},
    },
}

TIMER_LEASE = float(os.environ.get("MINISTRY_LEASE", "10"))
OUTBOX_LEASE = 60.0  # three times as long as a delivery may take
OUTBOUND = frozenset(os.environ.get("MINISTRY_OUTBOUND", "").split())
WEBHOOK_SECRET = os.environ.get("MINISTRY_WEBHOOKS") or kept(HOME, "webhooks")
MAIL = urlsplit(os.environ.get("MINISTRY_MAIL", ""))
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if MAIL.scheme in ('smtp', 'smtps') else 'filebased'}"
    ".EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = MAIL.hostname or ""
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_USE_TLS = MAIL.scheme == "smtp"
EMAIL_PORT = MAIL.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MINISTRY_MAIL_FROM") or f"ministry@{HOST}"
