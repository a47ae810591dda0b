"""Pages for what goes wrong before or outside a view."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from spr_portal.middleware import is_script, local_referer
from spr_portal.typed_words import typed_words

TOO_LONG = (
    f"What the page sent is longer than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20:.1f} MB, the "
    "most it may be. An answer may have 10,000 characters."
)


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _too_long(request)
    # Without the request: its very host may be what is wrong with it.
    context = {
        "heading": "What was sent could not be read",
        "reason": "Nothing was changed. Go back, load the page again and try once more.",
    }
    return render(None, "error.html", context, status=400)


def _too_long(request: HttpRequest) -> HttpResponse:
    """Of what was sent nothing was read, so there are no words to give back."""
    if is_script(request):
        return JsonResponse({"state": "wrong", "reason": f"{TOO_LONG} Shorten it."}, status=400)
    context = {
        "heading": "What you sent is too long",
        "reason": f"Nothing was saved. {TOO_LONG} Go back and shorten it.",
        "back_url": local_referer(request),
    }
    return render(None, "error.html", context, status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(
        request,
        status=403,
        heading="You cannot do this",
        reason=str(exception or "") or "None of your appointments gives you access to it.",
    )


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    if is_script(request):
        reason = "You have no part in this, or no longer. Ask your administrator if you should."
        return JsonResponse({"state": "refused", "reason": reason}, status=404)
    return _error(
        request,
        status=404,
        heading="Page not found",
        reason="If you typed or pasted the address, check that it is right and whole. The page "
        "may also belong to something you have no part in: ask your administrator if you think "
        "you should see it.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_script(request):
        return JsonResponse({"state": "out_of_date"}, status=403)
    words = typed_words(request)
    what_to_do = (
        "Copy what you wrote, go back and paste it in." if words else "Go back and try again."
    )
    return _error(
        request,
        status=403,
        heading="This page is out of date",
        reason="Nothing was saved. You may have signed in or out in another tab since you opened "
        f"it. {what_to_do}",
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return _error(
        request,
        status=429,
        heading="Too many attempts",
        reason="To protect accounts, nothing more is accepted from your network for a minute. "
        "Nothing was changed. Wait a minute and try again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: whatever broke may break the page's header as well.
    return render(None, "500.html", status=500)


def _error(request: HttpRequest, *, status: int, heading: str, reason: str) -> HttpResponse:
    context = {
        "heading": heading,
        "reason": reason,
        "typed": typed_words(request),
        "back_url": local_referer(request),
    }
    return render(request, "error.html", context, status=status)
