"""What holds for every page: who is asking, for how long, and what a refusal looks like."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from spr_portal.background import sent_forms
from spr_portal.identity.exceptions import DomainError
from spr_portal.typed_words import typed_words
from spr_portal.visits import SEEN, STARTED

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


def local_referer(request: HttpRequest) -> str:
    """Return the path and query of the page the person came from; home if it was not ours.

    Nor is it the sign-in page, which only leads on to where the person was refused.
    """
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    if parts.path == resolve_url(settings.LOGIN_URL):
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_script(request: HttpRequest) -> bool:
    """Whether a script of a page asks: it could take a page of HTML for a success."""
    return request.headers.get("Accept") == "application/json"


class TrustedProxyMiddleware:
    """Take the reader's address and scheme from a proxy we know, and from nobody else.

    REMOTE_ADDR becomes the last address in X-Forwarded-For that is not itself
    one of our proxies. From any other sender both headers are thrown away.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        if not _is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return self.get_response(request)
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not _is_address(hop):
                break
            request.META["REMOTE_ADDR"] = hop
            if not _is_trusted(hop):
                break
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str) -> bool:
    if not address:
        return "unix" in settings.TRUSTED_PROXIES
    return _is_address(address) and any(
        ip_address(address) in network for network in settings.TRUSTED_PROXIES if network != "unix"
    )


class ResponseHeadersMiddleware:
    """Add the headers Django and django-csp leave out.

    No page is stored by the browser or on the way unless its view says so:
    after sign-out, Back shows nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class StrangersMiddleware:
    """Answer what is public as to a stranger, whoever asks: no cookie is read, none is set.

    So a page that may be kept on the way to its readers holds nothing of the
    one who happened to ask for it first. It stands before sessions are read.
    """

    PATHS = ("/public/", "/robots.txt")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(self.PATHS):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        varies = [name.strip() for name in response.get("Vary", "").split(",")]
        kept = [name for name in varies if name and name.lower() != "cookie"]
        if kept:
            response["Vary"] = ", ".join(kept)
        else:
            response.headers.pop("Vary", None)
        return response


class VisitLimitMiddleware:
    """End a signed-in visit after half an hour without a page, and after twelve hours anyhow.

    When a page was last seen is written to the session once a minute at most,
    so that reading pages does not write to the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep_or_end(request, now=int(time.time()))
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest, *, now: int) -> None:
        started = request.session.setdefault(STARTED, now)
        seen = request.session.get(SEEN)
        if now - started >= settings.VISIT_ABSOLUTE_LIMIT.total_seconds():
            self._end(request, "You were signed out because you signed in 12 hours ago.")
        elif seen is not None and now - seen >= settings.VISIT_IDLE_LIMIT.total_seconds():
            self._end(request, "You were signed out because you opened no page for 30 minutes.")
        elif seen is None or now - seen >= settings.VISIT_NOTED_EVERY.total_seconds():
            request.session[SEEN] = now

    def _end(self, request: HttpRequest, sentence: str) -> None:
        logout(request)
        if request.method == "POST" and not is_script(request):
            sentence += " What you sent with the last page was not saved."
        messages.info(request, f"{sentence} Sign in to go on.")


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Ask strangers to sign in first, everywhere but in views that say @login_not_required."""

    def handle_no_permission(self, request, view_func):
        if is_script(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        if words := typed_words(request):
            return _words_not_saved(request, words)
        # After sign-in the browser can only GET: send it to the page the form was on.
        login_url = resolve_url(self.get_login_url(view_func))
        return redirect_to_login(local_referer(request), login_url)


def _words_not_saved(request: HttpRequest, words: list[str]) -> HttpResponse:
    context = {
        "heading": "You are signed out",
        "reason": "Nothing was saved. Copy what you wrote, then go back: you are asked to sign in.",
        "typed": words,
        "back_url": local_referer(request),
    }
    return render(request, "error.html", context, status=403)


class SentOnceMiddleware:
    """Take a form once that comes twice, and lead its sender where the first one led.

    Every page that is made has a token of its own in its forms, against requests
    from elsewhere: the same words with the same token are the same click. A form
    that led nowhere, as it was refused, may come again. See decision 29.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if mark := getattr(request, "sent_form", ""):
            led_to = response["Location"] if response.status_code == 302 else ""
            sent_forms.ended(mark, led_to=led_to)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args, kwargs
    ) -> HttpResponse | None:
        is_form = request.method == "POST" and "csrfmiddlewaretoken" in request.POST
        if not is_form or not request.user.is_authenticated or is_script(request):
            return None
        if getattr(view, "bears_repeating", False):
            return None
        mark = _mark_of(request)
        if led_to := sent_forms.take_turn(mark):
            return HttpResponseRedirect(led_to)
        request.sent_form = mark
        return None


def bears_repeating(view: Callable) -> Callable:
    """Say of a view that the same words twice change nothing, so nobody needs to watch for them."""
    view.bears_repeating = True
    return view


def _mark_of(request: HttpRequest) -> str:
    """Tells one form that was sent from another, and nothing of what is in it."""
    parts = [str(request.user.pk), request.get_full_path()]
    parts += [repr(item) for item in sorted(request.POST.lists())]
    parts += [_content_of(name, file) for name, files in request.FILES.lists() for file in files]
    return salted_hmac("a form that was sent", "\0".join(parts), algorithm="sha256").hexdigest()


def _content_of(name: str, file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return repr((name, file.name, digest.hexdigest()))


class DomainErrorMiddleware:
    """Turn a refusal of the rules into a page that says why, once for all views."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if is_script(request):
            reason = {"state": "refused", "reason": str(exception)}
            return JsonResponse(reason, status=exception.status)
        context = {
            "heading": exception.heading,
            "reason": str(exception),
            "typed": typed_words(request),
            "back_url": local_referer(request),
        }
        return render(request, "error.html", context, status=exception.status)
