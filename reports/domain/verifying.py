"""Whether what was issued is still what was issued: stored bytes, sums, manifests, triggers."""

from __future__ import annotations

import hashlib
import json

from django.db import connection

from reports.document import Audience, Paper, from_json, to_json
from reports.domain.manifest import canonical, manifest_of, sum_of
from reports.editions import for_audience
from reports.enums import FileFormat
from reports.models import IssuedFile, IssuedPaper
from spr_portal.audit.models import AuditEvent
from spr_portal.frozen import missing_triggers

NAMES = ("identity", "target")
FROZEN = ("reports_issuedpaper", "reports_issuedfile")


class PublicationBroken(Exception):
    """The first thing that is wrong with what was issued, as a sentence."""


def verify_tables() -> None:
    """Raise PublicationBroken when the database would let somebody change what is issued."""
    missing = [name for table in FROZEN for name in missing_triggers(connection, table)]
    if missing:
        raise PublicationBroken(
            f"The database does not refuse changes to what is issued: the trigger {missing[0]} is "
            "missing or switched off. Whatever follows may have been changed since."
        )


def verify_nothing_gone(*, force: str = "", year: str = "", number: int | None = None) -> None:
    """Raise PublicationBroken when the audit knows an issue, of those asked for, that is gone."""
    issues = IssuedPaper.objects.select_related("force").only(
        "force__code", "kind", "year", "number"
    )
    there = {(_subject(issued), issued.number) for issued in issues}
    events = AuditEvent.objects.filter(action="paper.issue").select_related("force")
    for event in events.order_by("sequence"):
        code = event.force.code if event.force else ""
        reference = event.subject.removeprefix("paper ")
        issue = event.details.get("number", 1)
        is_asked_for = (
            force in ("", code)
            and reference.removeprefix(f"{code}-").startswith(year)
            and number in (None, issue)
        )
        if is_asked_for and (event.subject, issue) not in there:
            raise PublicationBroken(
                f"{reference}, issue {issue}: it is gone. The audit knows that it was issued on "
                f"{event.at:%d %B %Y}, and nothing of it is stored."
            )


def verify_issue(issued: IssuedPaper) -> int:
    """How many files of an issue were found right; raises PublicationBroken for the first fault."""
    files = list(issued.files.order_by("name"))
    for file in files:
        _check_bytes(file)
    _check_document(issued, files)
    if issued.manifest:
        _check_manifest(issued, files)
        _check_audit(issued)
    elif _manifest_in_audit(issued):
        raise PublicationBroken("its manifest is gone; the audit knows that it had one.")
    _check_place(issued)
    return len(files)


def _check_bytes(file: IssuedFile) -> None:
    content = bytes(file.content)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise PublicationBroken(
            f"the bytes of {file.name} are not those that were issued: their SHA-256 is another one"
            " than the one stored with them."
        )
    if len(content) != file.size:
        raise PublicationBroken(f"{file.name} has another size than the one stored with it.")


def _check_document(issued: IssuedPaper, files: list[IssuedFile]) -> None:
    if sum_of(issued.document) != issued.document_hash:
        raise PublicationBroken("its document is not the one whose SHA-256 is stored with it.")
    full = _paper(issued.document.encode(), "its document")
    stored = {file.audience: file for file in files if file.format == FileFormat.JSON}
    if Audience.FULL in stored and bytes(stored[Audience.FULL].content) != issued.document.encode():
        raise PublicationBroken(
            f"{stored[Audience.FULL].name} is not the document that was issued."
        )
    if Audience.PUBLIC in stored:
        public = stored[Audience.PUBLIC]
        words = _paper(bytes(public.content), public.name)
        if _without_names(words) != _without_names(for_audience(full, Audience.PUBLIC)):
            raise PublicationBroken(
                f"{public.name} is not what the full edition gives when everything is left out "
                "that is not for the public."
            )


def _paper(content: bytes, called: str) -> Paper:
    try:
        return from_json(content.decode())
    except (ValueError, RecursionError) as error:
        raise PublicationBroken(f"{called} cannot be read: {error}") from error


def _without_names(paper: Paper):
    """What an edition says; what its places are called in the data has been counted otherwise."""

    def bare(value):
        if isinstance(value, list):
            return [bare(one) for one in value]
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in NAMES}
        return value

    return bare(json.loads(to_json(paper)))


def _check_manifest(issued: IssuedPaper, files: list[IssuedFile]) -> None:
    try:
        said = json.loads(issued.manifest)
        listed = {file["name"]: (file["sha256"], file["size"]) for file in said["files"]}
        name = said["force"]["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PublicationBroken("its manifest cannot be read.") from None
    if canonical(said) != issued.manifest:
        raise PublicationBroken("its manifest is not written as the portal writes it.")
    for file in files:
        entry = listed.pop(file.name, None)
        if entry is None:
            raise PublicationBroken(f"{file.name} is not in the manifest.")
        if entry != (file.sha256, file.size):
            raise PublicationBroken(f"{file.name} is not the file that the manifest lists.")
    if listed:
        raise PublicationBroken(f"{sorted(listed)[0]} is in the manifest and not stored.")
    expected = json.loads(manifest_of(issued, files))
    expected["force"]["name"] = name  # a force may have another name by now
    for part in sorted(expected.keys() | said.keys()):
        if expected.get(part) != said.get(part):
            raise PublicationBroken(
                f"its manifest says something else about “{part}” than what is stored."
            )


def _check_audit(issued: IssuedPaper) -> None:
    """The audit holds the manifest's sum, and its own chain holds the audit."""
    known = _manifest_in_audit(issued)
    if known and known != sum_of(issued.manifest):
        raise PublicationBroken("its manifest is not the one that the audit holds the SHA-256 of.")


def _manifest_in_audit(issued: IssuedPaper) -> str:
    """Empty for what was brought in by a file: it was issued elsewhere."""
    for event in AuditEvent.objects.filter(action="paper.issue", subject=_subject(issued)):
        if event.details.get("number") == issued.number:
            return event.details.get("manifest", "")
    return ""


def _subject(issued: IssuedPaper) -> str:
    """What the audit calls the paper of an issue."""
    return f"paper {issued.force.code}-{issued.address}"


def _check_place(issued: IssuedPaper) -> None:
    """Issues of one paper follow each other without a gap."""
    before = issued.supersedes
    if issued.number > 1 and before is None:
        raise PublicationBroken(f"it is issue {issued.number} and says of no issue before it.")
    if before and (before.number, before.year, before.kind, before.force_id) != (
        issued.number - 1, issued.year, issued.kind, issued.force_id
    ):  # fmt: skip
        raise PublicationBroken("it supersedes an issue that is not the one before it.")
