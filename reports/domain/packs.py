"""The packs of a meeting: each kept as it was made, its files made by the background worker."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment
from reports.document import Paper, to_json
from reports.domain.documents import document_hash
from reports.domain.meetings import lock_meeting, record_of
from reports.domain.published import whole
from reports.domain.renditions import ask_for_renditions
from reports.meeting_builder import Stamp, Standing, build_pack
from reports.meeting_selectors import newest_assessments
from reports.models import Meeting, MeetingPack, Rendition
from reports.policies import can_see_pack
from reports.references import long_date
from spr_portal.audit.recording import record
from spr_portal.identity.models import User


def make_pack(*, meeting: Meeting, by: User) -> tuple[MeetingPack, bool]:
    """Keep what the meeting says now as its newest pack and have the files made.

    Returns the pack and whether it is new: where the newest says just that
    already, it stands, and only files that failed are made again.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting, by=by)
        newest = locked.packs.first()
        is_new = newest is None or not is_current(newest, locked)
        pack = _keep(locked, newest, by=by) if is_new else newest
        pack.meeting = locked
        ask_for_renditions(paper=pack, documents=[_stamped(pack, locked)], by=by)
    return pack, is_new


def document_of_meeting(meeting: Meeting, stamp: Stamp | None = None) -> Paper:
    """What a pack would say now; four queries."""
    assessments = list(newest_assessments(meeting.force))
    return build_pack(
        meeting,
        items=meeting.items.all(),
        actions=meeting.actions.order_by("order", "pk"),
        attendees=[_named(row.name, row.post) for row in meeting.attendees.all()],
        standings=[_standing(row) for row in assessments],
        year=assessments[0].cycle.year_in_words if assessments else "",
        stamp=stamp,
    )


def is_current(pack: MeetingPack, meeting: Meeting) -> bool:
    """Whether the pack says what the meeting says now."""
    return document_hash(_stamped(pack, meeting)) == pack.document_hash


def record_pack_download(*, rendition: Rendition, by: User) -> bytes:
    """Note that somebody takes a file of a pack, and return its bytes.

    Raises PolicyDenied, and DamagedFile when the bytes are not those that were
    made; then nothing is noted and nothing handed out.
    """
    pack = rendition.pack
    can_see_pack(by, pack).require()
    content = whole(rendition.content, sha256=rendition.sha256)
    with transaction.atomic():
        record(
            action="pack.downloaded",
            subject=f"pack {pack.reference}",
            by=by,
            force=pack.force,
            details={"format": rendition.format, "sha256": rendition.sha256},
        )
    return content


def _keep(meeting: Meeting, newest: MeetingPack | None, *, by: User) -> MeetingPack:
    pack = MeetingPack(
        meeting=meeting,
        number=newest.number + 1 if newest else 1,
        made_by=by,
        made_by_name=by.name,
        made_by_post=by.post,
        made_at=timezone.now(),
    )
    document = _stamped(pack, meeting)
    pack.document, pack.document_hash = to_json(document), document_hash(document)
    pack.save(force_insert=True)
    record_of(meeting, "meeting.pack_made", by=by, pack=pack.number, document=pack.document_hash)
    return pack


def _stamped(pack: MeetingPack, meeting: Meeting) -> Paper:
    local = timezone.localtime(pack.made_at)
    stamp = Stamp(
        number=pack.number,
        made=f"{long_date(local.date())} at {local:%H:%M}",
        by=_named(pack.made_by_name, pack.made_by_post),
    )
    return document_of_meeting(meeting, stamp)


def _standing(row: Assessment) -> Standing:
    due = long_date(row.cycle.due_on)
    return Standing(threat=row.threat.label, status=row.get_status_display(), due=due)


def _named(name: str, post: str) -> str:
    return f"{name}, {post}" if post else name
