"""A signed-in visit: how long it goes on, and the key to words kept on the person's device."""

from __future__ import annotations

import base64
import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

from spr_portal.identity.models import User

STARTED, SEEN = "visit_started_at", "visit_seen_at"  # seconds since 1970, in the session


def seconds_left(session: SessionBase) -> int:
    """Until the visit ends if no other page is opened."""
    now = int(time.time())
    started, seen = session.get(STARTED, now), session.get(SEEN, now)
    idle = seen + settings.VISIT_IDLE_LIMIT.total_seconds()
    absolute = started + settings.VISIT_ABSOLUTE_LIMIT.total_seconds()
    return max(0, int(min(idle, absolute)) - now)


def words_key(person: User) -> str:
    """The key under which a browser keeps this person's words: 64 bytes in base64.

    It is given to their own pages and stored nowhere. Half of it enciphers the
    words, half hides whose they are and where they belong.
    """
    secret = salted_hmac("words kept on a device", str(person.pk), algorithm="sha512")
    return base64.b64encode(secret.digest()).decode()


def person_mark(person: User) -> str:
    """Tells a page whether it is still the same person who is signed in, and not who it is."""
    return salted_hmac("who is signed in", str(person.pk), algorithm="sha256").hexdigest()[:24]
