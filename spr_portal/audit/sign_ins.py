"""Recording who signed in and out, who failed to, and whose password changed.

Django, django-allauth and django-axes tell of these by signals, and by nothing
else; the portal's own code sends none.
"""

from __future__ import annotations

from allauth.account.signals import password_changed, password_reset, password_set
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.identity.sign_ins import address_tried, client_address


@receiver(user_logged_in)
def record_sign_in(request, user, **kwargs):
    _record("sign_in", user, request)


@receiver(user_logged_out)
def record_sign_out(request, user, **kwargs):
    if user is not None:
        _record("sign_out", user, request)


@receiver(user_login_failed)
def record_failed_sign_in(credentials, request=None, **kwargs):
    _record_attempt("sign_in.failed", address_tried(request, credentials), request)


@receiver(user_locked_out)
def record_lockout(request, username, **kwargs):
    _record_attempt("sign_in.locked_out", username or "", request)


@receiver(password_changed)
def record_password_change(request, user, **kwargs):
    _record("password.changed", user, request)


@receiver([password_reset, password_set])
def record_password_reset(request, user, **kwargs):
    _record("password.reset", user, request)


def _record(action: str, person: User, request) -> None:
    with transaction.atomic():
        record(
            action=action,
            subject=f"person {person.pk}",
            by=person,
            force=person.force,
            details=_whence(request),
        )


def _record_attempt(action: str, email: str, request) -> None:
    """Record an attempt by somebody we do not know to be the person whose address was tried."""
    person = User.objects.select_related("force").filter(email=email).first()
    with transaction.atomic():
        record(
            action=action,
            subject=f"person {person.pk}" if person else "an address without an account",
            by=None,
            force=person.force if person else None,
            details={"email": email} | _whence(request),
        )


def _whence(request) -> dict[str, str]:
    return {"address": client_address(request)} if request else {}
