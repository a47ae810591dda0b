"""Every read about cycles and assessments. What a person cannot see is not in the result."""

from __future__ import annotations

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone

from assessments.enums import ItemKind, Marking, Notice
from assessments.models import (
    Assessment,
    CapacityFigure,
    CarriedAnswer,
    Contributor,
    Cycle,
    EvidenceReference,
    Finding,
    ProposedRecommendation,
    Response,
    SetAside,
    SummaryParagraph,
    Vulnerability,
)
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, Force, User
from spr_portal.identity.selectors import leading_from, people_with, rights_of, valid_on

# These see every assessment of their force.
SEE_ALL = frozenset({Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE})
MARKED_ITEMS = (
    CapacityFigure,
    Vulnerability,
    Finding,
    EvidenceReference,
    ProposedRecommendation,
    SummaryParagraph,
)


def assessments_visible_to(user: User, *, threat_code: str = "") -> QuerySet[Assessment]:
    """Assessments of the person's own force that they review, agree or draft.

    Each carries what leads have named this person to draft of it, so that
    `questions_drafted_by` need not ask once more. Who asks for one threat that
    they draft by appointment is spared that.
    """
    rights = rights_of(user)
    own_force = Assessment.objects.filter(
        cycle__force_id=user.force_id, cycle__force__isnull=False
    ).select_related("cycle__force", "cycle__edition", "cycle__rating_scale", "threat")
    own_force = with_markings(own_force)
    if threat_code:
        own_force = own_force.filter(threat__code=threat_code)
        if threat_code in threats_drafted_by(user):
            return own_force
    named = named_contributors(user).filter(assessment=OuterRef("pk"))
    own_force = own_force.annotate(
        read_for=Value(user.pk), named_codes=Subquery(named.values("question_codes"))
    )
    if rights.roles & SEE_ALL:
        return own_force
    return own_force.filter(Q(threat__code__in=threats_drafted_by(user)) | Exists(named))


def with_markings(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Each with whether an item in it is OFFICIAL-SENSITIVE, in the query that reads it."""
    marked = Q()
    for model in MARKED_ITEMS:
        marked |= Exists(model.objects.filter(assessment=OuterRef("pk"), marking=Marking.SENSITIVE))
    return rows.annotate(holds_sensitive=ExpressionWrapper(marked, BooleanField()))


def is_visible_to(user: User, assessment: Assessment) -> bool:
    """The same rule as `assessments_visible_to`, for one already read."""
    if user.force_id is None or assessment.cycle.force_id != user.force_id:
        return False
    if rights_of(user).roles & SEE_ALL or assessment.threat.code in threats_drafted_by(user):
        return True
    return _named_codes(user, assessment) is not None


def threats_drafted_by(user: User) -> frozenset[str]:
    """Codes of the threats the person leads on, or is appointed to contribute to."""
    rights = rights_of(user)
    return rights.threats_as(Role.FORCE_LEAD) | rights.threats_as(Role.CONTRIBUTOR)


def is_lead(user: User, assessment: Assessment) -> bool:
    """Whether the person leads on its threat today, for good or acting for another."""
    return assessment.threat.code in rights_of(user).threats_as(Role.FORCE_LEAD)


def named_contributors(user: User) -> QuerySet[Contributor]:
    """The rows by which leads have the person draft now; none for who may see no draft.

    Staff of the Commissioner's office read what is issued and nothing before
    it, also when they were named before they went there.
    """
    if not user.is_active or Role.OPCC in rights_of(user).roles:
        return Contributor.objects.none()
    return Contributor.objects.filter(person=user, ended_at__isnull=True)


def named_for(user: User) -> dict[int, frozenset[str]]:
    """What leads have named the person to draft: codes of questions by the assessment's key.

    No codes stand for the whole assessment. Read once for each user object,
    as `rights_of` does.
    """
    if "_named_for" not in user.__dict__:
        user.__dict__["_named_for"] = {
            key: frozenset(codes)
            for key, codes in named_contributors(user)
            .order_by()
            .values_list("assessment", "question_codes")
        }
    return user.__dict__["_named_for"]


def questions_drafted_by(user: User, assessment: Assessment) -> frozenset[str] | None:
    """Codes of the questions a named contributor may answer; None where they may draft anything.

    Empty for who may draft nothing of it.
    """
    if assessment.threat.code in threats_drafted_by(user):
        return None
    codes = _named_codes(user, assessment)
    return frozenset() if codes is None else codes or None


def _named_codes(user: User, assessment: Assessment) -> frozenset[str] | None:
    """The codes the person is named for, none for the whole; None for who is not named."""
    if assessment.__dict__.get("read_for") != user.pk:
        return named_for(user).get(assessment.pk)
    codes = assessment.__dict__["named_codes"]
    return None if codes is None else frozenset(codes)


def cycles_visible_to(user: User) -> QuerySet[Cycle]:
    """Cycles of the person's force, newest first; none for those who see only their threats."""
    cycles = Cycle.objects.filter(force_id=user.force_id, force__isnull=False)
    if not rights_of(user).roles & SEE_ALL:
        cycles = cycles.none()
    return cycles.select_related("force", "edition", "rating_scale")


def assessment_for(user: User, *, year: str, threat_code: str) -> Assessment:
    """The one assessment; raises Assessment.DoesNotExist when the person cannot see it."""
    return assessments_visible_to(user).get(cycle__year=year, threat__code=threat_code)


def responses_of(assessment: Assessment) -> QuerySet[Response]:
    """Every response in the order of the questions."""
    return assessment.responses.select_related("question__part", "rating", "updated_by").order_by(
        "question__part__order", "question__order"
    )


def answers_in(assessment: Assessment, part_code: str) -> QuerySet[Response]:
    """The responses of one part, in the order of its questions, with last year's words.

    A draft brings what a lead accepted before as `accepted_text` and
    `accepted_rating` (a label), both None where there was nothing.
    """
    before = FilteredRelation(
        "versions",
        condition=Q(version__gt=F("accepted_version"), versions__version=F("accepted_version")),
    )
    return (
        assessment.responses.filter(question__part__code=part_code)
        .order_by("question__order")
        .select_related("question", "rating", "updated_by", "carried")
        .only(
            *("assessment", "text", "version", "accepted_version", "updated_at"),
            *("question__code", "question__kind", "question__prompt", "question__is_required"),
            *("rating__code", "rating__label", "updated_by__name"),
            *(f"carried__{field.name}" for field in CarriedAnswer._meta.concrete_fields),
        )
        .annotate(before=before)
        .annotate(accepted_text=F("before__text"), accepted_rating=F("before__rating__label"))
    )


def items_of(assessment: Assessment, kind: ItemKind) -> QuerySet:
    """The items of one list in their order, with what they point at."""
    items = getattr(assessment, kind.value).order_by("order", "id")
    relations = {"criterion", "part"} & {field.name for field in items.model._meta.fields}
    return items.select_related(*relations) if relations else items


def cycle_before(cycle: Cycle) -> Cycle | None:
    """The force's latest cycle of an earlier year."""
    return (
        Cycle.objects.filter(force_id=cycle.force_id, year__lt=cycle.year)
        .select_related("edition")
        .order_by("-year")
        .first()
    )


def cycle_after(cycle: Cycle) -> Cycle | None:
    """The force's next cycle, the one that looks back on this one."""
    return (
        Cycle.objects.filter(force_id=cycle.force_id, year__gt=cycle.year)
        .select_related("edition")
        .order_by("year")
        .first()
    )


def assessment_before(assessment: Assessment) -> Assessment | None:
    """The assessment of the same threat in the force's cycle before this one, if there was one."""
    cycle = assessment.cycle
    earlier = Cycle.objects.filter(force_id=cycle.force_id, year__lt=cycle.year)
    return (
        Assessment.objects.filter(
            cycle__in=earlier.order_by("-year")[:1], threat__code=assessment.threat.code
        )
        .select_related("cycle__force", "threat")
        .first()
    )


def last_return(assessment: Assessment):
    """The status change by which the assessment was last returned or reopened, if it ever was."""
    return assessment.status_changes.filter(to_status="returned").order_by("-at", "-id").first()


def unsettled_words(assessment: Assessment, user: User) -> QuerySet[SetAside]:
    """Words of this person that could not be saved and that they have not yet dealt with."""
    return assessment.set_aside.filter(by=user, settled_at__isnull=True)


def words_set_aside(
    assessment: Assessment, user: User, place: str, *, settled: bool = False
) -> QuerySet[SetAside]:
    """Words of this person that wait for them at one place, oldest first.

    With `settled`, also those that they have dealt with.
    """
    words = assessment.set_aside.filter(by=user) if settled else unsettled_words(assessment, user)
    return words.filter(place=place).order_by("at", "id")


def items_set_aside(assessment: Assessment, user: User, kind: ItemKind) -> QuerySet[SetAside]:
    """Words of this person that wait for them on one list, oldest first."""
    return unsettled_words(assessment, user).filter(place__startswith=f"{kind}/")


def contributors_of(assessment: Assessment) -> QuerySet[Contributor]:
    """Those whom leads have named and not ended, the first named first."""
    return assessment.contributors.filter(ended_at__isnull=True).select_related(
        "person", "named_by", "assessment__cycle__force", "assessment__threat"
    )


def appointed_contributors(assessment: Assessment) -> QuerySet[User]:
    """Those whom an administrator has appointed to draft on the threat, by name."""
    return people_with(
        Role.CONTRIBUTOR, force=assessment.force, threat_code=assessment.threat.code
    ).order_by("name", "pk")


def leading_on(assessment: Assessment) -> QuerySet[Appointment]:
    """Appointments of those who lead on the threat today or from a later day, acting ones too."""
    return leading_from(assessment.force).filter(threat_code=assessment.threat.code)


def acting_for(lead: User) -> QuerySet[Appointment]:
    """Appointments of those who act for a lead today or from a later day."""
    return leading_from(lead.force).filter(acting_for=lead).order_by("starts_on", "threat_code")


def drafts_by_person(assessment: Assessment) -> dict[int, int]:
    """How many answers of each person wait to be accepted, by the person's key."""
    drafts = assessment.responses.filter(version__gt=F("accepted_version")).order_by()
    return dict(drafts.values_list("updated_by").annotate(number=Count("pk")))


def post_held(user: User, assessment: Assessment) -> str:
    """The person's post as it stands beside their name, with whom they act for if they do."""
    leads = rights_of(user).acting_for(assessment.threat.code)
    if not leads:
        return user.post
    acting = f"acting for {' and '.join(leads)}"
    both = f"{user.post}, {acting}" if user.post else acting
    return both if len(both) <= 150 else acting[:150]  # what the column holds


def leads_by_threat(force: Force) -> dict[str, list[User]]:
    """Today's force leads by threat code, each list by name; one query."""
    appointments = (
        Appointment.objects.filter(
            valid_on(timezone.localdate()),
            role=Role.FORCE_LEAD,
            person__force=force,
            person__is_active=True,
        )
        .select_related("person")
        .order_by("person__name")
    )
    leads: dict[str, list[User]] = {}
    for appointment in appointments:
        people = leads.setdefault(appointment.threat_code, [])
        if appointment.person not in people:  # who leads may act for another lead as well
            people.append(appointment.person)
    return leads


def lead_names_by_threat(force: Force) -> dict[str, list[str]]:
    """The names of today's force leads by threat code, in order; one narrow query."""
    rows = (
        Appointment.objects.filter(
            valid_on(timezone.localdate()),
            role=Role.FORCE_LEAD,
            person__force=force,
            person__is_active=True,
        )
        .order_by("person__name", "person")
        .values_list("threat_code", "person", "person__name")
    )
    names: dict[str, list[str]] = {}
    for code, _, name in dict.fromkeys(rows):  # who leads may act for another lead as well
        names.setdefault(code, []).append(name)
    return names


# Which roles a notice can concern; what may concern everybody of the force is not here.
NOTICE_ROLES = {
    Notice.TASKED: {Role.FORCE_LEAD},
    Notice.DUE: {Role.FORCE_LEAD},
    Notice.RETURNED: {Role.FORCE_LEAD},
    Notice.APPROVED: {Role.FORCE_LEAD},
    Notice.DATES: {Role.FORCE_LEAD},
    Notice.LATE: {Role.FORCE_LEAD, Role.ACC_SECURITY, Role.STAFF_OFFICER},
    Notice.SUBMITTED: {Role.ACC_SECURITY, Role.STAFF_OFFICER},
}


def notices_for(user: User) -> list[Notice]:
    """The kinds of notice that can reach a person in the roles they hold."""
    roles = rights_of(user).roles
    return [
        notice for notice in Notice if notice not in NOTICE_ROLES or roles & NOTICE_ROLES[notice]
    ]
