"""The force and the cycle: names, codes and dates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from assessments.domain.cycles import FIRST_YEARS, dates_around
from assessments.models import Cycle
from reports.models import Brand
from spr_portal.cycle_file.checks.issues import file_bytes
from spr_portal.cycle_file.setting import Setting
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import Force
from spr_portal.people.domain.forces import require_readable_colour
from spr_portal.strict_yaml import Document, Problem

NEEDED_BY_A_NEW_FORCE = ("name", "short_name", "board_name")
BRAND_WORDS = ("logo_description", "colour", "head_words", "foot_words")
PNG = b"\x89PNG\r\n\x1a\n"
DATES = ("tasked_on", "due_on", "executive_on", "board_on")


def force_problems(document: Document, known: Force | None) -> Iterator[Problem]:
    given = {name: value for name, value in document.data["force"].items() if name != "brand"}
    yield from _brand_problems(document, known)
    if known is not None:
        for field, value in given.items():
            if getattr(known, field) != value:
                yield document.problem(
                    ("force", field),
                    f"the portal has “{getattr(known, field)}” here, and a cycle file does not "
                    f"change a force; found “{value}”. Leave this line out, or change it.",
                )
        return
    missing = [field for field in NEEDED_BY_A_NEW_FORCE if field not in given]
    for field in missing:
        yield document.problem(
            ("force",), f"“{field}” is missing; the portal does not know {given['code']} yet."
        )
    if missing:
        return
    try:
        Force(**given).full_clean()
        require_readable_colour(given.get("colour", Force().colour))
    except ValidationError as problem:
        for field, sentences in problem.message_dict.items():
            yield document.problem(("force", field), sentences[0])
    except Refused as refusal:
        yield document.problem(("force", "colour"), str(refusal))


def _brand_problems(document: Document, known: Force | None) -> Iterator[Problem]:
    brand = document.data["force"].get("brand")
    if brand is None:
        return
    path = ("force", "brand")
    if "logo" in brand:
        logo = file_bytes(brand["logo"])
        if logo is None or not logo.startswith(PNG):
            yield document.problem((*path, "logo"), "expected a PNG picture in base 64.")
            return
    held = known and Brand.objects.filter(force=known).first()
    if known and (held is None or not _is_same(brand, held)):
        yield document.problem(
            path,
            "the portal has another brand here, and a cycle file does not change a force. Leave "
            "it out, or change it in the portal.",
        )


def _is_same(brand: dict, held: Brand) -> bool:
    logo = file_bytes(brand["logo"]) if "logo" in brand else b""
    return logo == bytes(held.logo or b"") and all(
        getattr(held, name) == brand.get(name, "") for name in BRAND_WORDS
    )


def cycle_problems(document: Document, setting: Setting) -> Iterator[Problem]:
    cycle = document.data["cycle"]
    yield from year_problems(document, ("cycle", "year"), cycle["year"])
    if setting.force and Cycle.objects.filter(force=setting.force, year=cycle["year"]).exists():
        yield document.problem(
            ("cycle", "year"),
            f"{setting.force.short_name} has a cycle for {cycle['year']} already, and nothing is "
            "loaded over one. Nothing was changed.",
        )
    for before, after in itertools.pairwise(DATES):
        if cycle[after] < cycle[before]:
            yield document.problem(
                ("cycle", after),
                f"expected a date from {cycle[before]} on, when {before} is; found {cycle[after]}.",
            )
    if int(cycle["year"][:4]) not in FIRST_YEARS:
        return  # told above, and the dates around such a year may not exist
    earliest, latest = dates_around(cycle["year"])
    for name in ("as_at", *DATES):
        if not earliest <= cycle[name] <= latest:
            yield document.problem(
                ("cycle", name),
                f"this date lies outside the cycle of {cycle['year']}; expected one from "
                f"{earliest} to {latest}, found {cycle[name]}.",
            )


def year_problems(document: Document, path: tuple, year: str) -> Iterator[Problem]:
    first = int(year[:4])
    right = f"{first:04}-{(first + 1) % 100:02}"
    if first not in FIRST_YEARS:
        yield document.problem(path, f"expected a financial year such as 2016-17; found {year}.")
    elif year != right:
        yield document.problem(path, f"a financial year that begins in {first} is {right}.")
