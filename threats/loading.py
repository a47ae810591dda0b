"""Loading an edition of the Strategic Policing Requirement from its file, all or nothing.

What an edition may be, its JSON Schema says (threats/schema/) and `threats.edition_checks`
where a schema cannot. docs/editions.md explains the file to the person who writes one.
"""

import datetime
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.strict_yaml import DataFileError, Document, read_bytes, read_yaml, validate
from threats.edition_checks import edition_problems
from threats.models import (
    AnswerKind,
    Criterion,
    Edition,
    Place,
    Question,
    QuestionPart,
    RatingPoint,
    RatingScale,
    Threat,
    ThreatLabel,
    ThreatMapping,
)

HERE = Path(__file__).resolve().parent
_SCHEMA_FILE = HERE / "schema" / "edition.schema.json"


def shipped_editions() -> list[Path]:
    """The files of the editions that come with the portal, the earliest first."""
    return sorted((HERE / "editions").glob("*.yaml"))


def load_edition(path: str | Path, *, by: User | None = None) -> Edition:
    """Read, check and keep an edition; loading the same file again changes nothing.

    An edition that something else points at (a cycle, another edition's mapping) never
    changes: a correction is then a new edition with a code of its own. Until then a
    changed file takes the place of what was loaded from it before.

    Raises DataFileError with every problem found; nothing of the file is then kept.
    """
    content = read_bytes(path)
    checksum = hashlib.sha256(content).hexdigest()
    if loaded := Edition.objects.filter(checksum=checksum).first():
        return loaded
    document = read_yaml(content, name=Path(path).name)
    validate(document, _schema())
    earlier = _earlier_threats(document.data)
    if problems := list(edition_problems(document, earlier)):
        raise DataFileError(document.name, problems)
    with transaction.atomic():
        replaced = _remove_unused(document)
        edition = _create(document.data, checksum, earlier)
        record(
            action="edition.loaded",
            subject=f"edition {edition.code}",
            by=by,
            force=None,
            details={"title": edition.title, "checksum": checksum, "replaced": replaced},
        )
    return edition


@cache
def _schema() -> dict:
    return json.loads(_SCHEMA_FILE.read_text(encoding="utf-8"))


def _earlier_threats(data: dict) -> dict[str, dict[str, Threat]]:
    """The threats of each loaded edition that the file maps from, by edition and by code."""
    codes = {mapping["earlier_edition"] for mapping in data.get("mappings", [])}
    loaded = Edition.objects.filter(code__in=codes).prefetch_related("threats")
    return {edition.code: {t.code: t for t in edition.threats.all()} for edition in loaded}


def _remove_unused(document: Document) -> str:
    """Make room for the new form of an edition; returns the checksum of the old, if any."""
    edition = Edition.objects.filter(code=document.data["code"]).first()
    if edition is None:
        return ""
    try:
        _, removed = edition.delete()
    except (ProtectedError, RestrictedError) as error:
        raise _in_use(document) from error
    if any(not label.startswith("threats.") for label in removed):
        raise _in_use(document)  # the transaction puts it all back
    return edition.checksum


def _in_use(document: Document) -> DataFileError:
    code = document.data["code"]
    reason = (
        f"edition {code} is already in use with other content, and an edition in use never "
        f"changes. Give the corrected edition a code of its own, such as {code}-b."
    )
    return DataFileError(document.name, [document.problem(("code",), reason)])


def _create(data: dict, checksum: str, earlier: dict[str, dict[str, Threat]]) -> Edition:
    issued_on = data["issued_on"]
    day_is_known = isinstance(issued_on, datetime.date)
    edition = Edition.objects.create(
        code=data["code"],
        title=data["title"],
        issued_on=issued_on if day_is_known else datetime.date.fromisoformat(f"{issued_on}-01"),
        issued_day_is_known=day_is_known,
        legal_basis=_text(data["legal_basis"]),
        source=_text(data["source"]),
        checksum=checksum,
    )
    threats = _create_threats(edition, data)
    _create_mappings(edition, data, threats, earlier)
    _create_scales(edition, data)
    _create_questions(edition, data, _create_criteria(edition, data))
    return edition


def _create_threats(edition: Edition, data: dict) -> dict[str, Threat]:
    threats = Threat.objects.bulk_create(
        Threat(edition=edition, code=row["code"], label=row["label"], order=order)
        for order, row in enumerate(data["threats"], start=1)
    )
    by_code = {threat.code: threat for threat in threats}
    own_labels = {row["code"]: row.get("labels", {}) for row in data["threats"]}
    ThreatLabel.objects.bulk_create(
        ThreatLabel(
            threat=by_code[code],
            place=place,
            label=own_labels[code].get(place, by_code[code].label),
            order=order,
        )
        for place in Place.values
        for order, code in enumerate(data.get("orders", {}).get(place, list(by_code)), start=1)
    )
    return by_code


def _create_mappings(
    edition: Edition,
    data: dict,
    threats: dict[str, Threat],
    earlier: dict[str, dict[str, Threat]],
) -> None:
    editions = {e.code: e for e in Edition.objects.filter(code__in=earlier)}
    ThreatMapping.objects.bulk_create(
        ThreatMapping(
            edition=edition,
            earlier_edition=editions[mapping["earlier_edition"]],
            earlier_threat=earlier[mapping["earlier_edition"]].get(row.get("earlier")),
            threat=threats.get(row.get("threat")),
            relation=row["relation"],
        )
        for mapping in data.get("mappings", [])
        for row in mapping["threats"]
    )


def _create_scales(edition: Edition, data: dict) -> None:
    scales = RatingScale.objects.bulk_create(
        RatingScale(
            edition=edition,
            code=row["code"],
            label=row["label"],
            is_proposed=row.get("proposed", False),
            order=order,
        )
        for order, row in enumerate(data["rating_scales"], start=1)
    )
    RatingPoint.objects.bulk_create(
        RatingPoint(
            scale=scale,
            code=point["code"],
            label=point["label"],
            description=_text(point.get("description", "")),
            tone=point["tone"],
            symbol=point["symbol"],
            is_not_rated=point.get("not_rated", False),
            order=order,
        )
        for scale, row in zip(scales, data["rating_scales"], strict=True)
        for order, point in enumerate(row["points"], start=1)
    )


def _create_criteria(edition: Edition, data: dict) -> dict[str, Criterion]:
    groups = {
        code: group for group in data.get("criterion_groups", []) for code in group["criteria"]
    }
    criteria = Criterion.objects.bulk_create(
        Criterion(
            edition=edition,
            code=row["code"],
            label=row["label"],
            definition=_text(row["definition"]),
            group_code=groups.get(row["code"], row)["code"],
            group_label=groups.get(row["code"], row)["label"],
            order=order,
        )
        for order, row in enumerate(data["criteria"], start=1)
    )
    return {criterion.code: criterion for criterion in criteria}


def _create_questions(edition: Edition, data: dict, criteria: dict[str, Criterion]) -> None:
    parts = QuestionPart.objects.bulk_create(
        QuestionPart(
            edition=edition,
            code=row["code"],
            label=row["label"],
            guidance=_text(row.get("guidance", "")),
            criterion=criteria.get(row.get("criterion")),
            order=order,
        )
        for order, row in enumerate(data["parts"], start=1)
    )
    Question.objects.bulk_create(
        Question(part=part, order=order, **_question(question))
        for part, row in zip(parts, data["parts"], strict=True)
        for order, question in enumerate(row["questions"], start=1)
    )


def _question(row: dict) -> dict[str, Any]:
    return {
        "code": row["code"],
        "prompt": row["prompt"],
        "guidance": _text(row.get("guidance", "")),
        "kind": row.get("kind", AnswerKind.NARRATIVE),
        "level": row.get("level", ""),
        "is_required": row.get("required", True),
        "threat_codes": row.get("threats", []),
    }


def _text(text: str) -> str:
    """Undo the file's line breaks inside a paragraph or bullet; keep those between them."""
    return re.sub(r"(?<!\n)\n(?!\n|- )", " ", text.strip())
