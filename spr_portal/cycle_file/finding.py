"""Finding the cycle that a command names."""

from __future__ import annotations

from django.core.management.base import CommandError

from assessments.models import Cycle
from spr_portal.identity.models import Force


def find_cycle(force_code: str, year: str) -> Cycle:
    """Raises CommandError with one line that names what there is."""
    force = Force.objects.filter(code=force_code).first()
    if force is None:
        known = ", ".join(Force.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(
            f"There is no force with the code {force_code}. "
            + (f"There is: {known}." if known else "The portal has no force yet.")
        )
    cycles = Cycle.objects.filter(force=force).select_related("force", "edition", "rating_scale")
    cycle = cycles.filter(year=year).first()
    if cycle is None:
        known = ", ".join(cycles.order_by("year").values_list("year", flat=True))
        raise CommandError(
            f"{force.short_name} has no cycle for {year}. "
            + (f"It has: {known}." if known else "It has none yet.")
        )
    return cycle
