"""Every address of the server, filled with what is there, for tests that must hold of all of them."""

from __future__ import annotations

import datetime as dt
import re

from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from ministry.editions.models import Promulgation
from ministry.register.models import Record
from tests.ministry.people import key


def patterns(resolver=None, before=""):
    """Each pattern of the URL resolver as text, with the view behind it."""
    for one in (resolver or get_resolver()).url_patterns:
        text = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield text, one.callback
        else:
            yield from patterns(one, text)


def values():
    """What stands for each parameter: something that is there."""
    edition = Promulgation.objects.order_by("-number").first().edition
    record = Record.everything.order_by("number").first().id
    return {
        "edition": edition,
        "digest": edition,
        "instrument": "identity-regulation",
        "place": "s-1",
        "office": "legal-adviser",
        "key": key("dee"),
        "name": "appoint-officer",
        "record": record,
        "passkey": "r-0",
        "token": "r-0",
        "how": "grant",
        "step": "comment",
        "path": "0/000.p/1",
        "day": dt.date.today().isoformat(),
        "label": "1",
        "post": "watch",
        "swap": "r-0",
        "secret": "x",
    }


def paths():
    """Every address, one for each pattern."""
    known = values()
    return sorted(
        "/" + re.sub(r"<(?:\w+:)?(\w+)>|\{(\w+)\}", lambda found: known[found[1] or found[2]], text)
        for text, _ in patterns()
    )
