"""Pages for what goes wrong before or outside a view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from spr_portal.middleware import local_referer


def _error(request: HttpRequest, *, status: int, heading: str, reason: str) -> HttpResponse:
    context = {"heading": heading, "reason": reason, "back_url": local_referer(request)}
    return render(request, "error.html", context, status=status)


def bad_request(request, exception=None):
    return _error(
        request,
        status=400,
        heading="The page could not read what was sent",
        reason="Nothing was changed. Go back and try again.",
    )


def permission_denied(request, exception=None):
    return _error(
        request,
        status=403,
        heading="You cannot see this page",
        reason=str(exception or "") or "Your appointments do not give you access to it.",
    )


def page_not_found(request, exception=None):
    return _error(
        request,
        status=404,
        heading="Page not found",
        reason="If you typed or pasted the address, check it. What was there may also belong to "
        "another force.",
    )


def csrf_failure(request, reason=""):
    return _error(
        request,
        status=403,
        heading="This page has grown old",
        reason="Nothing was saved. You may have signed in or out in another tab. Go back, copy "
        "what you typed, load the page again and paste it.",
    )


def server_error(request):
    # Without the request: whatever broke may break the page's header as well.
    return render(None, "500.html", status=500)
