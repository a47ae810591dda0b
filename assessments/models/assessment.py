from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessments.enums import AssessmentStatus, Marking
from assessments.models.items import Marked
from spr_portal.workflow import StatusChangeBase


class Assessment(Marked):
    """A force's self-assessment of one threat in one cycle.

    Who approved is kept by value too: people change posts.
    """

    cycle = models.ForeignKey(
        "assessments.Cycle", on_delete=models.PROTECT, related_name="assessments"
    )
    threat = models.ForeignKey("threats.Threat", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=20, choices=AssessmentStatus, default=AssessmentStatus.NOT_STARTED
    )
    submitted_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_by_post = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    # SHA-256 of exactly what was approved; see assessments.domain.content.
    approved_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["cycle", "threat__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "threat"], name="one_assessment_a_cycle_and_threat"
            ),
            models.CheckConstraint(
                condition=Q(status__in=AssessmentStatus.values), name="assessment_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="nobody_approves_what_they_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(status=AssessmentStatus.APPROVED) | ~Q(approved_hash=""),
                name="approval_is_bound_to_a_hash",
            ),
        ]

    def __str__(self):
        return f"{self.threat.label}, {self.cycle.year_in_words}"

    @property
    def force(self):
        return self.cycle.force

    @property
    def reference(self) -> str:
        return f"{self.cycle.reference}-{self.threat.code}"

    @property
    def is_sensitive(self) -> bool:
        """Whether it or anything in it is OFFICIAL-SENSITIVE, as far as that was read with it:
        see `selectors.with_markings`."""
        return self.marking == Marking.SENSITIVE or getattr(self, "holds_sensitive", False)

    @property
    def marking_in_words(self) -> str:
        """What its pages and files bear: at least the marking of what is in it."""
        if self.marking == Marking.SENSITIVE and self.handling:
            return f"{self.marking}: {self.handling}"
        return Marking.SENSITIVE.label if self.is_sensitive else Marking.OFFICIAL.label

    def get_absolute_url(self):
        return reverse("assessments:assessment", args=[self.cycle.year, self.threat.code])


class StatusChange(StatusChangeBase):
    subject = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="status_changes")
    # Where a return asks for changes: codes of questions and ItemKinds, in the order of the page.
    places = models.JSONField(default=list, blank=True)

    def __str__(self):
        return f"{self.subject_id}: {self.action}"


class Submission(models.Model):
    """What was submitted, word for word, so that a later one can be compared with it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    declaration = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="submissions_are_numbered"
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id}: submission {self.number}"


class SetAside(models.Model):
    """Words that could not be saved because a newer version stood in their place.

    Kept until their author has chosen what should stand, so that nothing is
    lost even when the page that showed both was closed.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="set_aside")
    place = models.CharField(max_length=80)  # a question's code, or "figures/3f2a…" for an item
    values = models.JSONField()
    started_from = models.PositiveIntegerField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.place} by {self.by_id}"
