"""Settings, all from the environment; with none given it runs on SQLite in `var/ministry`.

`MINISTRY_HOME`      the folder of the database, the keys and the mail that was not sent
`MINISTRY_DATABASE`  `postgresql://user:password@host:port/name`; left out: SQLite in that folder
`MINISTRY_URL`       the address that people open, `https://writ.example`; passkeys are bound to its host
`MINISTRY_DEMO`      `1`: the demonstration people may sign in with one click, behind a banner
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from ministry.database import described

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("MINISTRY_HOME", "var/ministry")).resolve()
URL = os.environ.get("MINISTRY_URL", "http://localhost:8000")
DEMO = os.environ.get("MINISTRY_DEMO") == "1"
HOST = urlsplit(URL).hostname or "localhost"
SECURE = urlsplit(URL).scheme == "https"


def kept_secret(name: str) -> str:
    """A secret made once and kept in the home folder, readable by its owner alone."""
    path = HOME / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), "utf-8")
        try:
            os.link(made, path)  # whoever is first wins; a secret is never replaced
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text("utf-8")


SECRET_KEY = os.environ.get("MINISTRY_SECRET") or kept_secret("session")
DEBUG = False
ALLOWED_HOSTS = [HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL]

INSTALLED_APPS = [
    "ministry.labels",
    "ministry.people",
    "ministry.editions",
    "ministry.register",
    "ministry.gate",
    "ministry.command",
    "ministry.statutes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ],
        },
    }
]

DATABASES = {"default": described(os.environ.get("MINISTRY_DATABASE", ""), HOME)}
DATABASE_ROUTERS = ["ministry.database.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
