"""Every read about past papers that are being corrected."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import Cycle
from reports.models import (
    IssuedPaper,
    PastPaperDraft,
    PastPaperPiece,
    Recommendation,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, Force, User
from spr_portal.identity.selectors import rights_of, valid_on

FIRST_YEAR = 2010  # papers of earlier years answer to no edition of the requirement
BRING = frozenset({Role.ACC_SECURITY, Role.STAFF_OFFICER})


def past_papers_visible_to(user: User) -> QuerySet[PastPaperDraft]:
    """Past papers of the person's own force, newest year first, without their files."""
    if user.force_id is None or not rights_of(user).roles & BRING:
        return PastPaperDraft.objects.none()
    return (
        PastPaperDraft.objects.filter(force_id=user.force_id)
        .select_related("force", "edition", "issued")
        .defer("content", "issued__document", "issued__manifest")
        .order_by("-year")
    )


def pieces_of(draft: PastPaperDraft) -> QuerySet[PastPaperPiece]:
    return draft.pieces.order_by("order", "pk")


def entered_by_hand(draft: PastPaperDraft) -> list[Recommendation]:
    """Recommendations of the paper's year that somebody has entered already, in their order."""
    return list(
        Recommendation.objects.filter(force_id=draft.force_id, year=draft.year).order_by(
            "order", "pk"
        )
    )


def current_year(force: Force) -> str:
    """The year a force works on: its newest cycle's, or the financial year of today."""
    newest = Cycle.objects.filter(force=force).order_by("-year").values_list("year", flat=True)
    if found := newest.first():
        return found
    today = timezone.localdate()
    first = today.year if today.month >= 4 else today.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def who_brings_in(force: Force, email: str | None) -> User | None:
    """The person of the force with the address; without one, who is ACC Security, or the officer.

    Whether they may bring a paper in, the policy says.
    """
    people = User.objects.filter(force=force, is_active=True)
    if email:
        return people.filter(email__iexact=email).first()
    for role in (Role.ACC_SECURITY, Role.STAFF_OFFICER):
        held = Appointment.objects.filter(valid_on(timezone.localdate()), role=role)
        if found := people.filter(appointments__in=held).order_by("pk").first():
            return found
    return None


def with_file(drafts: QuerySet[PastPaperDraft]) -> QuerySet[PastPaperDraft]:
    """Drafts with the bytes of their files, where those are not with an issued paper yet."""
    return drafts.filter(content__isnull=False).defer(None).defer("issued__document")


def years_to_bring(force: Force) -> list[str]:
    """Earlier years, the latest first, of which the portal has neither."""
    current = int(current_year(force)[:4])
    taken = {
        *PastPaperDraft.objects.filter(force=force).values_list("year", flat=True),
        *IssuedPaper.objects.filter(force=force).values_list("year", flat=True),
        *Cycle.objects.filter(force=force).values_list("year", flat=True),
    }
    years = (f"{year}-{(year + 1) % 100:02}" for year in range(current - 1, FIRST_YEAR - 1, -1))
    return [year for year in years if year not in taken]


def issued_before_portal(cycle: Cycle, kind: str) -> bool:
    """Whether a paper of the cycle's year was taken in as it was."""
    return IssuedPaper.objects.filter(
        force_id=cycle.force_id, year=cycle.year, kind=kind, paper=None
    ).exists()
