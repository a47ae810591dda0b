"""Every read about papers, recommendations and what was issued."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import CharField, Max, QuerySet, Value
from django.db.models.functions import Concat, Length

from assessments.enums import AssessmentStatus
from assessments.models import Assessment, Cycle, ProposedRecommendation
from assessments.selectors import cycles_visible_to
from reports.enums import WRITTEN_IN_THE_PAPER, PaperKind, PaperStatus
from reports.marking_selectors import with_markings
from reports.models import (
    BoardDecision,
    BoardPaper,
    Brand,
    CheckWaiver,
    IssuedFile,
    IssuedPaper,
    PaperParagraph,
    PaperSection,
    PaperTemplate,
    Recommendation,
    Rendition,
)
from reports.paper_address import PaperAddress
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import rights_of

# These see a paper while it is being drafted and agreed.
SEE_DRAFTS = frozenset({Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE})


def papers_visible_to(user: User) -> QuerySet[BoardPaper]:
    """Papers of the person's own force, newest year first; none for who may not see drafts."""
    if user.force_id is None or not rights_of(user).roles & SEE_DRAFTS:
        return BoardPaper.objects.none()
    return (
        with_markings(BoardPaper.objects.filter(cycle__force_id=user.force_id))
        .select_related("cycle__force__paper_brand", "cycle__edition", "template")
        .order_by("-cycle__year")
    )


def issued_papers_visible_to(user: User) -> QuerySet[IssuedPaper]:
    """What the person's own force has issued, newest first; for staff of the body's office too."""
    if user.force_id is None or not rights_of(user).roles & (SEE_DRAFTS | {Role.OPCC}):
        return IssuedPaper.objects.none()
    return IssuedPaper.objects.filter(force_id=user.force_id).defer("document")


def issues_visible_to(user: User, address: PaperAddress) -> QuerySet[IssuedPaper]:
    """Every issue of one paper of the person's force, superseded ones too."""
    return issued_papers_visible_to(user).filter(year=address.year, kind=address.kind)


def issue_before(paper: BoardPaper) -> IssuedPaper | None:
    """What a paper supersedes or will: for one that is issued, the issue before its newest."""
    issues = list(paper.issues.order_by("-number").only("number", "issued_at")[:2])
    if paper.status == PaperStatus.ISSUED:
        issues = issues[1:]
    return issues[0] if issues else None


def issued_files_visible_to(user: User) -> QuerySet[IssuedFile]:
    """Files the person may take: the public edition only, unless they also see drafts."""
    files = IssuedFile.objects.filter(issued__in=issued_papers_visible_to(user)).select_related(
        "issued"
    )
    if not rights_of(user).roles & SEE_DRAFTS:
        files = files.filter(audience="public")
    return files


def renditions_of(paper: BoardPaper, document_hashes: Iterable[str]) -> list[Rendition]:
    """Files asked for of these documents, with how far they are; without their bytes.

    `size` counts the bytes of one that is made.
    """
    return list(
        paper.renditions.filter(document_hash__in=list(document_hashes))
        .defer("document", "content")
        .annotate(size=Length("content"))
    )


def renditions_with_bytes(paper: BoardPaper, document_hashes: Iterable[str]) -> list[Rendition]:
    """The same, with their bytes, for a page that says whether these are still as they were made.

    One query: six files of some hundred kilobytes.
    """
    rows = paper.renditions.filter(document_hash__in=list(document_hashes)).defer("document")
    return list(rows.annotate(size=Length("content")))


def latest_templates(kind: PaperKind = PaperKind.BOARD_PAPER) -> list[PaperTemplate]:
    """The newest version of each template of a kind, by title."""
    newest = {}
    for template in PaperTemplate.objects.filter(kind=kind).order_by("code", "version"):
        newest[template.code] = template
    return sorted(newest.values(), key=lambda template: template.title)


def usual_template(cycle: Cycle, templates: list[PaperTemplate]) -> PaperTemplate | None:
    """The one of `templates` that the force's paper before used; the only one there is."""
    if len(templates) == 1:
        return templates[0]
    earlier = BoardPaper.objects.filter(cycle__force=cycle.force_id, cycle__year__lt=cycle.year)
    codes = earlier.order_by("-cycle__year").values_list("template__code", flat=True)
    by_code = {template.code: template for template in templates}
    return next((by_code[code] for code in codes if code in by_code), None)


def brand_of(force: Force) -> Brand:
    """What the force's papers look like; an empty one, not saved, where nobody has said."""
    return Brand.objects.filter(force=force).first() or Brand(force=force)


def recommendations_of(cycle: Cycle) -> QuerySet[Recommendation]:
    """The recommendations made in a cycle's paper, in their order."""
    return Recommendation.objects.filter(force_id=cycle.force_id, year=cycle.year).order_by(
        "order", "pk"
    )


def year_reported_on_in(cycle: Cycle) -> str | None:
    """The latest earlier year in which the force made recommendations."""
    return Recommendation.objects.filter(force_id=cycle.force_id, year__lt=cycle.year).aggregate(
        latest=Max("year")
    )["latest"]


def recommendations_reported_in(cycle: Cycle) -> QuerySet[Recommendation]:
    """The recommendations whose outcome a cycle's paper tells: those of the paper before it."""
    earlier = Recommendation.objects.filter(force_id=cycle.force_id, year__lt=cycle.year)
    latest = earlier.order_by().values("force").annotate(latest=Max("year")).values("latest")
    return earlier.filter(year__in=latest).order_by("order", "pk")


def recommendations_printed_in(cycle: Cycle) -> QuerySet[Recommendation]:
    """Those a cycle's paper makes and those whose outcome it tells, each year's in its order."""
    rows = recommendations_of(cycle) | recommendations_reported_in(cycle)
    return rows.order_by("year", "order", "pk")


def approved_with_proposals(cycle: Cycle) -> QuerySet[Assessment]:
    """The approved assessments of a cycle, with what their leads propose; two queries."""
    return (
        cycle.assessments.filter(status=AssessmentStatus.APPROVED)
        .select_related("cycle__force", "threat")
        .prefetch_related("recommendations")
    )


def cycles_without_statement(user: User) -> QuerySet[Cycle]:
    """Cycles whose board paper is issued and whose statement nobody has started, newest first."""
    issued = BoardPaper.objects.filter(kind=PaperKind.BOARD_PAPER, issues__isnull=False)
    return (
        cycles_visible_to(user)
        .filter(pk__in=issued.values("cycle"))
        .exclude(papers__kind=PaperKind.STATEMENT)
    )


def decision_on(cycle: Cycle) -> BoardDecision | None:
    """What the board decided on the year's paper: the newest record of it; one query."""
    return (
        BoardDecision.objects.filter(
            issued__force_id=cycle.force_id,
            issued__year=cycle.year,
            issued__kind=PaperKind.BOARD_PAPER,
            replaced_by__isnull=True,
        )
        .order_by("-recorded_at", "-pk")
        .first()
    )


def cycles_without_paper(user: User) -> QuerySet[Cycle]:
    """Cycles of the person's force whose paper nobody has started, newest first."""
    return cycles_visible_to(user).exclude(papers__kind=PaperKind.BOARD_PAPER)


def proposals_not_taken_up(cycle: Cycle) -> QuerySet[ProposedRecommendation]:
    """What leads of approved assessments propose and the paper's list does not hold yet."""
    origin = Concat(
        Value(f"{cycle.reference}-"), "assessment__threat__code", Value("/"), "identity",
        output_field=CharField(),
    )  # fmt: skip
    taken = recommendations_of(cycle).exclude(proposed_in="").values("proposed_in")
    approved = cycle.assessments.filter(status=AssessmentStatus.APPROVED)
    return (
        ProposedRecommendation.objects.filter(assessment__in=approved)
        .annotate(origin=origin)
        .exclude(origin__in=taken)
    )


_PAPER_OF_A_SECTION = (
    "paper__cycle__force__paper_brand",
    "paper__cycle__edition",
    "paper__template",
)


def section_visible_to(
    user: User, *, year: str, kind: PaperKind, section: str
) -> PaperSection | None:
    """A section of a paper the person sees, with its paper; one query."""
    papers = papers_visible_to(user).filter(cycle__year=year, kind=kind).order_by()
    rows = PaperSection.objects.filter(paper__in=papers.values("pk"), identity=section)
    return rows.select_related(*_PAPER_OF_A_SECTION).first()


def paragraph_visible_to(
    user: User, *, year: str, kind: PaperKind, section: str, paragraph: str
) -> PaperParagraph | None:
    """A paragraph of a section of no threat, with its section and its paper; one query."""
    papers = papers_visible_to(user).filter(cycle__year=year, kind=kind).order_by()
    rows = PaperParagraph.objects.filter(
        section__paper__in=papers.values("pk"),
        section__identity=section,
        section__kind__in=WRITTEN_IN_THE_PAPER,
        identity=paragraph,
    )
    return rows.select_related(*(f"section__{path}" for path in _PAPER_OF_A_SECTION)).first()


def standing_waivers(paper: BoardPaper) -> QuerySet[CheckWaiver]:
    """The waivers of a paper that nobody has ended."""
    return paper.waivers.filter(ended_at__isnull=True)
