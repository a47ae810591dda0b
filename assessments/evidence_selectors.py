"""Every read of the force's register of evidence. What a person cannot see is not in the result."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.enums import EDITABLE, FileStatus
from assessments.models import Assessment, Evidence, EvidenceFile, EvidenceReference
from assessments.selectors import SEE_ALL, assessments_visible_to, named_for, threats_drafted_by
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.selectors import rights_of

EXPIRES_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Sought:
    """What a person looks for in the register; an empty value leaves nothing out."""

    words: str = ""
    kind: str = ""
    expiry: str = ""  # "expired" or "soon"
    use: str = ""  # "used" or "unused"


def is_drafting(user: User) -> bool:
    """Whether the person drafts any assessment, as a lead or as a contributor."""
    return bool(threats_drafted_by(user) or named_for(user))


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """The force's register as far as the person may read it.

    Who sees every assessment sees all of it. Leads and contributors see what
    backs an assessment they see, what is shared, and what they added while it
    backs nothing: who has another threat by now has no eyes in the former one.
    """
    of_force = Evidence.objects.filter(force_id=user.force_id, force__isnull=False)
    if rights_of(user).roles & SEE_ALL:
        return of_force
    if not is_drafting(user):
        return of_force.none()
    backs_theirs = Exists(_references_seen(user).filter(evidence=OuterRef("pk")))
    backs_any = Exists(EvidenceReference.objects.filter(evidence=OuterRef("pk")).order_by())
    own = Q(added_by=user) & ~backs_any
    return of_force.filter(own | Q(is_shared=True) | backs_theirs)


def register_for(user: User, sought: Sought, *, today: datetime.date) -> QuerySet[Evidence]:
    """Entries by title, each with `use_count` (assessments that the person sees and that cite
    it) and `file_count`."""
    rows = evidence_visible_to(user).annotate(
        use_count=_counted(_references_seen(user), "assessment"),
        file_count=_counted(EvidenceFile.objects.exclude(status=FileStatus.REFUSED), "pk"),
    )
    for word in sought.words.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(owner__icontains=word) | Q(kept_at__icontains=word)
        )
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.expiry == "expired":
        rows = rows.filter(expires_on__lt=today)
    if sought.expiry == "soon":
        rows = rows.filter(expires_on__gte=today, expires_on__lte=today + EXPIRES_SOON)
    if sought.use:
        rows = rows.filter(use_count__gt=0) if sought.use == "used" else rows.filter(use_count=0)
    return rows.order_by("title", "pk")


def citable_by(user: User, assessment: Assessment, words: str) -> QuerySet[Evidence]:
    """Entries the person sees and this assessment does not cite yet, by title."""
    today = datetime.date.max  # expiry is not asked for
    rows = register_for(user, Sought(words=words), today=today)
    return rows.exclude(references__assessment=assessment)


def uses_of(evidence: Evidence, user: User) -> QuerySet[EvidenceReference]:
    """Where the entry is cited, the newest year first, as far as the person may see."""
    return (
        _references_seen(user)
        .filter(evidence=evidence)
        .select_related("assessment__cycle__edition", "assessment__cycle__force")
        .select_related("assessment__threat", "part")
        .order_by("-assessment__cycle__year", "assessment__threat__order", "pk")
    )


def references_in(assessment: Assessment) -> QuerySet[EvidenceReference]:
    """What the assessment cites, in its order, with the entry and the old coarse part."""
    return assessment.evidence.select_related("part", "evidence").order_by("order", "id")


def cited_in(assessment: Assessment) -> QuerySet:
    """The same as plain values, for a page that only says what backs its answers."""
    cited = assessment.evidence.order_by("order", "id")
    return cited.values("title", "expires_on", "backs", part_code=F("part__code"))


def files_of(evidence: Evidence) -> QuerySet[EvidenceFile]:
    return evidence.files.select_related("added_by").order_by("added_at", "id")


def same_file(force: Force, sha256: str) -> QuerySet[EvidenceFile]:
    """Files of the force with the same content, but for those the scanner refused."""
    files = EvidenceFile.objects.filter(evidence__force=force, sha256=sha256)
    return files.exclude(status=FileStatus.REFUSED).select_related("evidence")


def being_written() -> Q:
    """The condition on an assessment whose copies of evidence follow the register."""
    return Q(status__in=EDITABLE, cycle__closed_at__isnull=True)


@dataclass(frozen=True)
class Standing:
    """How a person stands to an entry: what the policies ask, read with it."""

    person: int  # whose standing it is
    leads_what_it_backs: bool  # leads on an assessment that cites it and is being written
    is_handed_in: bool  # it backs what is submitted, approved or in a closed year
    backs_others: bool  # it backs an assessment that the person does not lead on


def entry_for(user: User, identity: str) -> Evidence:
    """The one entry with the person's standing to it, in one query.

    Raises Evidence.DoesNotExist when the person cannot see it.
    """
    return _with_standing(user, evidence_visible_to(user), identity=identity)


def standing_of(user: User, evidence: Evidence) -> Standing | None:
    """How the person stands to an entry read by whatever query; None who cannot see it."""
    known = evidence.__dict__.get("_standing")
    if known is not None and known.person == user.pk:
        return known
    try:
        return _with_standing(user, evidence_visible_to(user), pk=evidence.pk)._standing
    except Evidence.DoesNotExist:
        return None


def _with_standing(user: User, entries: QuerySet[Evidence], **which) -> Evidence:
    written = Assessment.objects.filter(being_written()).order_by()
    led = written.filter(
        cycle__force_id=user.force_id,
        threat__code__in=rights_of(user).threats_as(Role.FORCE_LEAD),
    )
    cited = EvidenceReference.objects.filter(evidence=OuterRef("pk")).order_by()
    evidence = (
        entries.select_related("added_by", "force")
        .annotate(
            is_led=Exists(cited.filter(assessment__in=led.values("pk"))),
            is_handed_in=Exists(cited.exclude(assessment__in=written.values("pk"))),
            backs_others=Exists(cited.exclude(assessment__in=led.values("pk"))),
        )
        .get(**which)
    )
    evidence._standing = Standing(
        user.pk, evidence.is_led, evidence.is_handed_in, evidence.backs_others
    )
    return evidence


def _references_seen(user: User) -> QuerySet[EvidenceReference]:
    seen = assessments_visible_to(user).order_by().values("pk")
    return EvidenceReference.objects.filter(assessment__in=seen).order_by()


def _counted(rows: QuerySet, name: str) -> Coalesce:
    counted = rows.filter(evidence=OuterRef("pk")).order_by().values("evidence")
    number = Subquery(counted.annotate(n=Count(name, distinct=True)).values("n"), IntegerField())
    return Coalesce(number, 0)
