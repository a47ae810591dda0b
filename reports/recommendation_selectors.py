"""Every read of the register of recommendations: those that an issued paper has made."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from reports.enums import PaperKind, PaperStatus, RecommendationStatus
from reports.models import BoardPaper, Recommendation
from reports.selectors import SEE_DRAFTS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import rights_of

UNFINISHED = (
    RecommendationStatus.OPEN,
    RecommendationStatus.ACCEPTED,
    RecommendationStatus.IN_PROGRESS,
)
LOCKED = (PaperStatus.WITH_EXECUTIVE, PaperStatus.AGREED)


def register_of(force: Force | int) -> QuerySet[Recommendation]:
    """What a force's papers have recommended, the newest year first, as printed within it.

    Recommendations of a paper that is still written are its drafts and not here.
    """
    in_the_making = BoardPaper.objects.filter(
        cycle__force=force, kind=PaperKind.BOARD_PAPER, issues__isnull=True
    ).values("cycle__year")
    return (
        Recommendation.objects.filter(force=force)
        .exclude(year__in=in_the_making)
        .select_related("force", "owner")
        .order_by("-year", "order", "pk")
    )


def register_visible_to(user: User) -> QuerySet[Recommendation]:
    """What the person may follow: all for who sees papers; else their own and what is public.

    Staff of the body's office read what became of a recommendation in the next paper.
    """
    roles = rights_of(user).roles if user.force_id else frozenset()
    if user.force_id is None or (Role.OPCC in roles and not roles & SEE_DRAFTS):
        return Recommendation.objects.none()
    rows = register_of(user.force_id)
    if roles & SEE_DRAFTS:
        return rows
    return rows.filter(Q(owner=user) | Q(is_public=True) if roles else Q(owner=user))


def unfinished_visible_to(user: User) -> QuerySet[Recommendation]:
    """Those of them that nothing has ended, and that no later paper has made again."""
    return register_visible_to(user).filter(status__in=UNFINISHED, carried_to="")


def recommendations_at_hand(user: User) -> QuerySet[Recommendation]:
    """What the person owns and has not ended, and what they are to answer; one query."""
    waiting = Q(owner=user)
    if Role.EXECUTIVE in rights_of(user).roles:
        waiting |= Q(status=RecommendationStatus.OPEN)
    return unfinished_visible_to(user).filter(waiting)


def recommendations_due(force: Force, *, by: datetime.date) -> QuerySet[Recommendation]:
    """Unfinished ones with an owner that are due on a day or before it."""
    return register_of(force).filter(
        status__in=UNFINISHED, carried_to="", owner__isnull=False, due_on__lte=by
    )


def years_of(recommendation: Recommendation) -> QuerySet[Recommendation]:
    """The same recommendation in every paper that made it, the first one first."""
    carried = ~Q(carried_to="") | ~Q(first_made_in="") | Q(pk=recommendation.pk)
    return Recommendation.objects.filter(
        carried, force_id=recommendation.force_id, identity=recommendation.identity
    ).order_by("year")


def locked_papers_after(recommendation: Recommendation) -> QuerySet[BoardPaper]:
    """Papers that print it or what became of it, and whose words are locked now."""
    papers = BoardPaper.objects.filter(
        cycle__force_id=recommendation.force_id, kind=PaperKind.BOARD_PAPER
    )
    later = papers.filter(cycle__year__gt=recommendation.year).order_by("cycle__year")
    printing = Q(cycle__year=recommendation.year) | Q(pk__in=later.values("pk")[:1])
    return papers.filter(printing, status__in=LOCKED)


def numbers_in(force: Force | int, years: set[str]) -> dict[int, int]:
    """The number that each recommendation of some years was printed with, by its key."""
    rows = Recommendation.objects.filter(force=force, year__in=years).order_by("order", "pk")
    counted: dict[str, int] = {}
    numbers = {}
    for key, year in rows.values_list("pk", "year"):
        counted[year] = numbers[key] = counted.get(year, 0) + 1
    return numbers
