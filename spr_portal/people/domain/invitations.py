"""The link with which a new person sets a password."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from spr_portal.background.outbox import send_later
from spr_portal.identity.models import User


def password_link(person: User) -> str:
    """Return the address, good for three days and one use, at which the person sets a password."""
    key = default_token_generator.make_token(person)
    return settings.BASE_URL + reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )


def send_invitation(person: User) -> None:
    """Queue the e-mail with the link, in the caller's transaction."""
    text = render_to_string(
        "people/email/invitation.txt",
        {"person": person, "link": password_link(person), "base_url": settings.BASE_URL},
    )
    send_later(to=person.email, subject="Set your password for the SPR Portal", body=text)
