"""Light or dark, and the keys: what somebody chooses for their own browser; and the list of the keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ministry.console import glossary, keys
from ministry.console.doors import in_office, open_to_all
from ministry.console.look import SCHEMES, chosen, keep, look


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the choice; or keep it, and go back to the page where it was made. Another host is nowhere to go."""
    if request.method != "POST":
        back = request.GET.get("next", "")
        said = {
            "schemes": SCHEMES,
            "look": look(request),
            "next": back if ours(request, back) else "",
        }
        return render(request, "console/preferences.html", said)
    back = request.POST.get("next", "")
    response = HttpResponseRedirect(back if ours(request, back) else "/preferences/")
    keep(response, chosen(request.POST.get("scheme", ""), request.POST.get("keys", "off")))
    return response


def ours(request: HttpRequest, address: str) -> bool:
    """Whether an address is one of this server."""
    return url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


@require_safe
@in_office
def listed(request: HttpRequest) -> HttpResponse:
    """The keys."""
    said = {"everywhere": keys.EVERYWHERE, "editor": keys.EDITOR, "look": look(request)}
    return render(request, "console/keys.html", said)


@require_safe
@in_office
def words(request: HttpRequest) -> HttpResponse:
    """The words that pages use, and what they mean here."""
    return render(
        request, "console/glossary.html", {"words": glossary.WORDS, "by_name": glossary.NAMED}
    )
