"""Loading a cycle file: all of it or nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from assessments.models import Cycle
from reports.models import Brand
from spr_portal.audit.recording import record
from spr_portal.cycle_file.checks import problems_in_file
from spr_portal.cycle_file.checks.issues import file_bytes
from spr_portal.cycle_file.loading.assessments import load_assessments
from spr_portal.cycle_file.loading.evidence import load_register
from spr_portal.cycle_file.loading.meetings import load_meetings
from spr_portal.cycle_file.loading.paper import load_papers
from spr_portal.cycle_file.loading.past_papers import load_past_papers
from spr_portal.cycle_file.loading.recommendations import load_recommendations
from spr_portal.cycle_file.moments import at_hour, read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.reading import MAX_BYTES, read_cycle_file
from spr_portal.cycle_file.setting import Setting, find_setting
from spr_portal.identity.models import Force
from spr_portal.strict_yaml import DataFileError, Document, read_bytes


def load_cycle(path: str | Path) -> Cycle:
    """Read, check and keep a cycle file.

    Raises DataFileError with every problem found, each with its line, its place
    and what was expected; nothing of the file is then kept.
    """
    content = read_bytes(path, max_bytes=MAX_BYTES)
    document = read_cycle_file(content, name=Path(path).name)
    with transaction.atomic():
        setting = find_setting(document)
        people = People(document, setting.force)
        if problems := list(problems_in_file(document, setting, people)):
            raise DataFileError(document.name, problems)
        force = _force(document, setting)
        people.create(force)
        cycle = _cycle(document, setting, force, people)
        load_register(document, cycle, people)
        problems = load_assessments(document, setting, cycle, people)
        load_recommendations(document, setting, cycle, people)
        load_past_papers(document, force, people)
        problems += load_papers(document, setting, cycle, people)
        if problems:
            raise DataFileError(document.name, problems)
        load_meetings(document, cycle, people)
        _record(cycle, content)
    return cycle


def _force(document: Document, setting: Setting) -> Force:
    if setting.force:
        return setting.force
    given = dict(document.data["force"])
    brand = given.pop("brand", None)
    force = Force.objects.create(**given)
    if brand is not None:
        logo = file_bytes(brand["logo"]) if "logo" in brand else None
        Brand.objects.create(force=force, **brand | {"logo": logo})
    record(
        action="force.founded", subject=f"force {force.code}", by=None, force=force,
        details={"name": force.name},
    )  # fmt: skip
    return force


def _cycle(document: Document, setting: Setting, force: Force, people: People) -> Cycle:
    given = document.data["cycle"]
    dates = {
        name: given[name] for name in ("as_at", "tasked_on", "due_on", "executive_on", "board_on")
    }
    opened_at = (
        read_time(given["opened_at"]) if "opened_at" in given else at_hour(given["tasked_on"], 9)
    )
    return Cycle.objects.create(
        force=force,
        year=given["year"],
        edition=setting.edition,
        rating_scale=setting.scale,
        opened_at=opened_at,
        opened_by=people.user(given.get("opened_by")),
        **dates,
    )


def _record(cycle: Cycle, content: bytes) -> None:
    """What stands in the file is told by its sum and by the sums of what is approved in it."""
    approvals = cycle.assessments.exclude(approved_hash="")
    record(
        action="cycle.loaded",
        subject=f"cycle {cycle.reference}",
        by=None,
        force=cycle.force,
        details={
            "edition": cycle.edition.code,
            "file": hashlib.sha256(content).hexdigest(),
            "approved": dict(approvals.values_list("threat__code", "approved_hash")),
        },
    )
