"""Every read of the board's side: issued papers with what the board decided, and searches."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assessments.models import Cycle
from reports.document import Audience
from reports.enums import PaperKind
from reports.models import (
    BoardDecision,
    BoardPaper,
    FollowUp,
    IssuedPaper,
    PublicLink,
    SearchText,
)
from reports.paper_address import PaperAddress
from reports.selectors import SEE_DRAFTS, issued_papers_visible_to
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import rights_of
from threats.models import Threat


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
    """What was answered to what the board asked of a paper."""
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
        .select_related("force")
        .defer("document", "approvals", "libraries")
        .order_by("-number")
    )


def decision_followed_up(force: Force | int) -> BoardDecision | None:
    """The newest decision on a board paper, if it asks what is new by a day."""
    newest = decisions_that_count(force).filter(issued__kind=PaperKind.BOARD_PAPER).first()
    return newest if newest and newest.follow_up_on else None


def threats_asked(issued: IssuedPaper) -> list[Threat]:
    """The threats of an issued paper's edition in their order; of the newest cycle's where it was
    made before the portal; one query or two."""
    threats = list(Threat.objects.filter(edition__code=issued.edition_code).order_by("order"))
    if threats:
        return threats
    newest = Cycle.objects.filter(force=issued.force_id).order_by("-year").values("edition")[:1]
    return list(Threat.objects.filter(edition__in=newest).order_by("order"))


def codes_answered_by(user: User) -> frozenset[str]:
    """The threats that the person answers the board on; "" is the requirement as a whole."""
    rights = rights_of(user)
    codes = rights.threats_as(Role.FORCE_LEAD)
    return codes | {""} if Role.ACC_SECURITY in rights.roles else codes


def codes_read_by(user: User) -> frozenset[str] | None:
    """The threats whose answers the person may read; None for all."""
    return None if rights_of(user).roles & SEE_DRAFTS else codes_answered_by(user)


def follow_up_at_hand(user: User) -> tuple[BoardDecision, list[str]] | None:
    """What the board asks the person about and they have not answered; one query at most."""
    codes = codes_answered_by(user)
    if not codes or user.force_id is None:
        return None
    decisions = decisions_that_count(user.force_id).filter(issued__kind=PaperKind.BOARD_PAPER)
    theirs = sorted(codes - {""})
    rows = list(
        decisions.annotate(
            answered=F("follow_ups__threat_code"),
            **{f"asks_{place}": _asks(code) for place, code in enumerate(theirs)},
        )
    )
    if not rows or rows[0].follow_up_on is None:
        return None
    newest = rows[0]
    not_asked = {code for place, code in enumerate(theirs) if not getattr(newest, f"asks_{place}")}
    answered = {row.answered for row in rows if row.pk == newest.pk}
    left = sorted(codes - answered - not_asked)
    return (newest, left) if left else None


def _asks(code: str) -> Q:
    """Whether a decision's paper had a threat; one that was made before the portal may have."""
    of_edition = Threat.objects.filter(edition__code=OuterRef("issued__edition_code"), code=code)
    return Q(issued__edition_code="") | Exists(of_edition)


def paper_to_take_up(force: Force | int, issued: IssuedPaper) -> BoardPaper | None:
    """The next board paper after an issued one."""
    return (
        BoardPaper.objects.filter(
            cycle__force=force, kind=PaperKind.BOARD_PAPER, cycle__year__gt=issued.year
        )
        .select_related("cycle__force")
        .order_by("cycle__year")
        .first()
    )


def decision_before(paper: BoardPaper) -> BoardDecision | None:
    """What the board decided on the force's last paper before one."""
    earlier = decisions_that_count(paper.cycle.force_id).filter(
        issued__year__lt=paper.cycle.year, issued__kind=PaperKind.BOARD_PAPER
    )
    return earlier.first()
