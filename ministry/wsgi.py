"""The server as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")
django_application = get_wsgi_application()

from ministry.api.lane import with_lane  # noqa: E402  # it needs the settings

application = with_lane(django_application)
