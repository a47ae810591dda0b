"""Forms that were just sent: the same one of the same page is taken once, however often it comes.

A double click, Enter held down, a slow answer and a second try: the second
request waits for the first and is led where that one led.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from spr_portal.background.models import SentForm

# For so long the same form is one click too many, not a new wish.
SAME_CLICK = timedelta(minutes=1)
# Whoever began it and has not ended by then was killed, or the person is not waiting any more.
WAIT = timedelta(seconds=20)
LOOK_EVERY = 0.05  # seconds


def take_turn(mark: str) -> str:
    """Where the form led, if it was taken a moment ago; "" if it is the caller's to take now.

    The caller then calls `ended`. While another request is at it, this waits.
    """
    while not _is_first(mark):
        there = SentForm.objects.filter(mark=mark).first()
        if there is None:
            continue
        age = timezone.now() - there.sent_at
        if there.led_to and age < SAME_CLICK:
            return there.led_to
        if (there.led_to or age >= WAIT) and _take_over(there):
            break
        time.sleep(LOOK_EVERY)
    return ""


def ended(mark: str, *, led_to: str) -> None:
    """Note where the form led; with "" that it led nowhere, so that it can be sent again."""
    rows = SentForm.objects.filter(mark=mark)
    if led_to:
        rows.update(led_to=led_to)
    else:
        rows.delete()


def forget_sent_forms() -> None:
    """Drop what no second click can mean any more."""
    SentForm.objects.filter(sent_at__lt=timezone.now() - max(SAME_CLICK, WAIT)).delete()


def _is_first(mark: str) -> bool:
    try:
        with transaction.atomic():
            SentForm.objects.create(mark=mark, sent_at=timezone.now())
    except IntegrityError:
        return False
    return True


def _take_over(there: SentForm) -> bool:
    """Of two who find it left behind, one does."""
    rows = SentForm.objects.filter(pk=there.pk, sent_at=there.sent_at, led_to=there.led_to)
    return bool(rows.update(sent_at=timezone.now(), led_to=""))
