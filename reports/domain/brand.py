"""What a force's papers look like: its logo, its colour, and the words it always prints.

A paper takes them each time it is built and holds them by value, so one that is
agreed has to be agreed again after a change, and one that is issued never changes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from reports.exceptions import StalePaperEdit
from reports.models import Brand
from reports.policies import can_change_brand
from spr_portal.appearance import MINIMUM_CONTRAST, WHITE, contrast, parse
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Force, User

LOGO_LIMIT = 2 * 2**20  # bytes
DRAWN_WITHIN = 30  # seconds
BRAND_FIELDS = ("colour", "head_words", "foot_words")

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SHORT_COLOUR = re.compile(r"#[0-9a-f]{3}")
_UNREADABLE = "The picture could not be drawn: it is damaged or far too complicated"


def change_brand(*, force: Force, values: dict, started_from: int, by: User) -> Brand:
    """Change the colour and the words; raises StalePaperEdit, or Refused for a pale colour."""
    can_change_brand(by, force).require()
    if problem := problem_with_colour(values.get("colour", "")):
        raise Refused(problem, field="colour")
    with transaction.atomic():
        brand = _locked(force)
        if brand.version != started_from:
            raise StalePaperEdit(brand)
        for name in BRAND_FIELDS:
            setattr(brand, name, values.get(name, getattr(brand, name)))
        _save(brand, "brand.changed", by=by)
    return brand


def set_logo(*, force: Force, upload: Path, name: str, description: str, by: User) -> Brand:
    """Take a picture as the logo; raises Refused unless it is a PNG or JPEG that can be drawn."""
    can_change_brand(by, force).require()
    if not description.strip():
        raise Refused("Enter what the logo shows", field="description")
    logo = _drawn(upload, name)
    with transaction.atomic():
        brand = _locked(force)
        brand.logo, brand.logo_description = logo, description
        _save(brand, "brand.logo_set", by=by, sha256=hashlib.sha256(logo).hexdigest())
    return brand


def remove_logo(*, force: Force, by: User) -> None:
    """Print no logo any more; without one, nothing happens."""
    can_change_brand(by, force).require()
    with transaction.atomic():
        brand = _locked(force)
        if brand.logo:
            brand.logo, brand.logo_description = None, ""
            _save(brand, "brand.logo_removed", by=by)


def colour_in_full(typed: str) -> str:
    """A colour as it is kept, "#1d3a5f", of what somebody may type: "1D3A5F", "#abc"."""
    colour = typed.strip().lower()
    colour = f"#{colour}" if colour and not colour.startswith("#") else colour
    if _SHORT_COLOUR.fullmatch(colour):
        colour = "#" + "".join(figure * 2 for figure in colour[1:])
    return colour


def problem_with_colour(colour: str) -> str:
    """Why a colour cannot be taken, in a sentence; empty for one that can, or for none."""
    if not colour:
        return ""
    if not _COLOUR.fullmatch(colour):
        return "The colour must be six figures and letters from a to f, such as #1d3a5f"
    ratio = contrast(parse(colour), WHITE)
    if ratio < MINIMUM_CONTRAST:
        return (
            f"The colour is too pale: its contrast with white is {ratio:.1f} to 1, and text "
            f"needs {MINIMUM_CONTRAST} to 1. Choose a darker one"
        )
    return ""


def _locked(force: Force) -> Brand:
    Brand.objects.get_or_create(force=force)
    return Brand.objects.select_for_update().get(force=force)


def _save(brand: Brand, action: str, *, by: User, **details) -> None:
    brand.version += 1
    brand.save()
    record(
        action=action,
        subject=f"look of the papers of {brand.force.code}",
        by=by,
        force=brand.force,
        details=details,
    )


def _drawn(upload: Path, name: str) -> bytes:
    """The picture as PNG, drawn in a process of its own."""
    if upload.stat().st_size > LOGO_LIMIT:
        raise Refused(f"The picture must be {LOGO_LIMIT // 2**20} MB or smaller", field="file")
    with tempfile.TemporaryDirectory(prefix="spr-logo-") as folder:
        command = [sys.executable, "-m", "reports.draw_logo", str(upload), name, folder]
        try:
            done = subprocess.run(  # noqa: S603  no shell; the name is one argument
                command, capture_output=True, timeout=DRAWN_WITHIN, cwd=settings.BASE_DIR
            )
        except subprocess.TimeoutExpired:
            raise Refused(_UNREADABLE, field="file") from None
        if done.returncode:
            raise Refused(_UNREADABLE, field="file")
        if refused := done.stdout.decode().strip():
            raise Refused(refused, field="file")
        return Path(folder, "logo.png").read_bytes()
