"""What goes wrong in the database, as a command tells it: one line, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import Error as DatabaseFault


@contextmanager
def told_in_one_line() -> Iterator[None]:
    try:
        yield
    except DatabaseFault as fault:
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise CommandError(
            f"The database refused this, so nothing was changed: {reason}. If it was never set "
            "up, run `manage.py migrate` first."
        ) from None
