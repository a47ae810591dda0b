"""Every read of the board's side: issued papers with what the board decided, and searches."""

from __future__ import annotations

from django.db.models import QuerySet

from reports.document import Audience
from reports.models import BoardDecision, FollowUp, IssuedPaper, PublicLink, SearchText
from reports.paper_address import PaperAddress
from reports.selectors import SEE_DRAFTS, issued_papers_visible_to
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import rights_of


def editions_visible_to(user: User) -> tuple[Audience, ...]:
    """The editions of an issued paper that the person may read, the fullest first."""
    if rights_of(user).roles & SEE_DRAFTS:
        return (Audience.FULL, Audience.PUBLIC)
    return (Audience.PUBLIC,)


def current_issues_visible_to(user: User) -> QuerySet[IssuedPaper]:
    """The newest issue of each paper the person may read; the latest board's day first."""
    return (
        issued_papers_visible_to(user)
        .filter(superseded_by__isnull=True)
        .order_by("-year", "kind", "-issued_at")
    )


def earlier_issues(user: User, issued: IssuedPaper) -> QuerySet[IssuedPaper]:
    """What counts now of the same kind's years before an issue's, the latest year first."""
    return current_issues_visible_to(user).filter(kind=issued.kind, year__lt=issued.year)


def places_with(user: User, words: list[str], *, audience: Audience) -> QuerySet[SearchText]:
    """Places of one edition of the papers that count now, with all of the words.

    The latest year first, then in the order of the paper. The edition must be
    one that the person may read: nothing of another is looked at.
    """
    if not words or audience not in editions_visible_to(user):
        return SearchText.objects.none()
    issues = current_issues_visible_to(user).order_by().values("pk")
    rows = SearchText.objects.filter(issued__in=issues, audience=audience)
    for word in words:
        rows = rows.filter(folded__contains=word)
    return (
        rows.select_related("issued")
        .defer("issued__document", "issued__manifest", "folded")
        .order_by("-issued__year", "issued__kind", "issued", "order")
    )


def decisions_on(force: Force | int, address: PaperAddress) -> QuerySet[BoardDecision]:
    """Everything recorded of what the board decided on a paper, the newest first."""
    return (
        BoardDecision.objects.filter(
            issued__force=force, issued__year=address.year, issued__kind=address.kind
        )
        .select_related("issued__force")
        .defer("issued__document", "issued__manifest")
        .order_by("-recorded_at", "-pk")
    )


def decision_on(force: Force | int, address: PaperAddress) -> BoardDecision | None:
    """What counts of it now."""
    return decisions_on(force, address).filter(replaced_by__isnull=True).first()


def decisions_that_count(force: Force | int) -> QuerySet[BoardDecision]:
    """What counts now of every paper of a force, the latest year first."""
    return (
        BoardDecision.objects.filter(issued__force=force, replaced_by__isnull=True)
        .select_related("issued__force")
        .defer("issued__document", "issued__manifest")
        .order_by("-issued__year", "issued__kind", "-recorded_at")
    )


def follow_ups_on(force: Force | int, address: PaperAddress) -> QuerySet[FollowUp]:
    """What was answered to what the board asked of a paper; a correction of the decision
    keeps it."""
    return FollowUp.objects.filter(
        decision__issued__force=force,
        decision__issued__year=address.year,
        decision__issued__kind=address.kind,
    ).order_by("threat_code", "pk")


def public_link_of(force: Force | int, address: PaperAddress) -> PublicLink | None:
    return PublicLink.objects.filter(force=force, year=address.year, kind=address.kind).first()


def link_that_is_on(force_code: str, address: PaperAddress) -> PublicLink | None:
    """For strangers: None whether it is off, was never there, or there is no such force."""
    return (
        PublicLink.objects.filter(
            force__code=force_code, year=address.year, kind=address.kind, is_on=True
        )
        .select_related("force")
        .first()
    )


def issues_read_by_strangers(link: PublicLink) -> QuerySet[IssuedPaper]:
    """Every issue of a paper whose link is on, the newest first."""
    return (
        IssuedPaper.objects.filter(force=link.force_id, year=link.year, kind=link.kind)
        .defer("document", "manifest", "approvals", "libraries")
        .order_by("-number")
    )
