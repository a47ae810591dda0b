"""Which attempts to sign in are counted together, and what a locked-out person is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def address_tried(request: HttpRequest | None, credentials: dict | None = None) -> str:
    """Return the e-mail address of an attempt, in lower case: the case of letters opens no way."""
    given = credentials or (request.POST if request else {})
    return (given.get("email") or given.get("login") or "").strip().lower()[:255]


def client_address(request: HttpRequest) -> str:
    """Return the address of the person's network; TrustedProxyMiddleware has settled it."""
    return request.META.get("REMOTE_ADDR") or "127.0.0.1"  # a Unix socket has none


def locked_out(request: HttpRequest, response=None, credentials=None) -> HttpResponse:
    context = {
        "heading": "Too many attempts to sign in",
        "reason": "The password was wrong five times for this email address from your network. "
        "Signing in with it from there is stopped for 15 minutes after the last attempt. "
        "Try again then, or set a new password now; the wait remains.",
        "back_url": reverse("account_login"),
    }
    return render(request, "error.html", context, status=429)
