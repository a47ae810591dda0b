"""Loading what was issued, the board's decisions on it and its public link."""

from __future__ import annotations

from reports.enums import Origin, PaperKind
from reports.models import (
    BoardDecision,
    BoardPaper,
    FollowUp,
    IssuedFile,
    IssuedPaper,
    PublicLink,
)
from spr_portal.cycle_file.checks.issues import file_bytes, issues_of, number_of
from spr_portal.cycle_file.loading.identities import plain_json
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.identity.models import Force

DECISION_FIELDS = (
    "outcome", "wording", "conditions", "follow_up_on", "minute_reference", "decided_on",
)  # fmt: skip


def load_issues(
    words: dict,
    people: People,
    *,
    force: Force,
    year: str,
    kind: PaperKind = PaperKind.BOARD_PAPER,
    paper: BoardPaper | None = None,
) -> list[IssuedPaper]:
    """Every issue of a paper, oldest first; one of no paper was made before the portal."""
    made: list[IssuedPaper] = []
    origin = Origin.PORTAL if paper else Origin.IMPORTED
    before = IssuedPaper.objects.filter(force=force, kind=kind, year=year).order_by("number").last()
    for place, (row, _) in enumerate(issues_of(words), start=1):
        before = _issue(
            row, people, paper=paper, force=force, year=year, kind=kind, origin=origin,
            number=number_of(row, place), supersedes=before,
        )  # fmt: skip
        made.append(before)
    if made:
        _decisions(words.get("decisions", []), made, people)
    if "public_link" in words:
        link = words["public_link"]
        PublicLink.objects.create(
            force=force,
            kind=kind,
            year=year,
            is_on=link["on"],
            may_be_indexed=link.get("indexed", False),
            changed_by_name=link.get("by_name", ""),
            changed_at=read_time(link["at"]),
        )
    return made


def _issue(row: dict, people: People, **about) -> IssuedPaper:
    by_value = people.by_value(row["by"])
    template = row.get("template", {"code": "", "version": 0})
    issued = IssuedPaper.objects.create(
        **about,
        correction=row.get("correction", ""),
        edition_code=row.get("edition", ""),
        manifest=row.get("manifest", ""),
        title=row["title"],
        board_name=row["board_name"],
        board_on=row["board_on"],
        document=row["document"],
        document_hash=row["document_hash"],
        template_code=template["code"],
        template_version=template["version"],
        approvals=plain_json(row.get("approvals", {})),
        libraries=plain_json(row.get("libraries", {})),
        issued_by=people.user(row["by"]),
        issued_by_name=by_value["by_name"],
        issued_by_post=by_value["by_post"],
        issued_at=read_time(row["at"]),
    )
    for file in row["files"]:
        content = file_bytes(file["content"])
        IssuedFile.objects.create(
            issued=issued,
            audience=file["audience"],
            format=file["format"],
            name=file["name"],
            content=content,
            size=len(content),
            sha256=file["sha256"],
        )
    return issued


def _decisions(rows: list[dict], issues: list[IssuedPaper], people: People) -> None:
    by_number = {issued.number: issued for issued in issues}
    made: list[BoardDecision] = []
    for row in rows:
        by_value = people.by_value(row["by"])
        decision = BoardDecision.objects.create(
            issued=by_number[row["issue"]] if "issue" in row else issues[-1],
            recorded_by=people.user(row["by"]),
            recorded_by_name=by_value["by_name"],
            recorded_by_post=by_value["by_post"],
            recorded_at=read_time(row["at"]),
            replaces=made[row["replaces"] - 1] if "replaces" in row else None,
            **{name: row[name] for name in DECISION_FIELDS if name in row},
        )
        made.append(decision)
        for answer in row.get("follow_ups", []):
            FollowUp.objects.create(
                decision=decision,
                threat_code=answer.get("threat", ""),
                text=answer["text"],
                by=people.user(answer["by"]),
                **people.by_value(answer["by"]),
                at=read_time(answer["at"]),
                version=answer.get("version", 1),
            )
