"""The lists of an assessment: each item a row with a permanent identity and a version."""

import secrets

from django.db import models
from django.db.models import Q

from assessments.enums import (
    EvidenceKind,
    FindingKind,
    FoiExemption,
    Impact,
    Likelihood,
    Marking,
    RegisterStatus,
)
from threats.models import Level


def new_identity() -> str:
    """A name that is never given twice and never printed."""
    return secrets.token_hex(6)


class Item(models.Model):
    identity = models.SlugField(max_length=40, default=new_identity)
    order = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    # A contributor's draft that no lead has accepted yet, and whose it is.
    is_draft = models.BooleanField(default=False)
    drafted_by_name = models.CharField(max_length=150, blank=True)
    # What a lead accepted last, while a draft stands over it; none for one that is all new.
    accepted_values = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True


class Carried(models.Model):
    """What stays open from year to year: a carried one keeps its identity, which is its history."""

    status = models.CharField(max_length=20, choices=RegisterStatus, default=RegisterStatus.OPEN)
    outcome = models.TextField(blank=True)  # what closed it
    first_raised = models.CharField(max_length=7, blank=True)  # the year, "2015-16"
    # False for one that came over from last year and that nobody has looked at this year.
    is_reviewed = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Marked(models.Model):
    """Something that bears a security marking of its own."""

    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    # What goes with OFFICIAL-SENSITIVE: "for the Executive Team only".
    handling = models.CharField(max_length=150, blank=True)

    class Meta:
        abstract = True


class Published(Marked):
    """Something that is cleared for the public edition, or withheld under an exemption."""

    is_public = models.BooleanField(default=False)
    withheld_under = models.CharField(max_length=20, choices=FoiExemption, blank=True)

    class Meta:
        abstract = True


def cleared_or_withheld(name: str) -> models.CheckConstraint:
    """Public without an exemption, or restricted with one: nothing in between."""
    return models.CheckConstraint(
        condition=Q(is_public=True, withheld_under="")
        | (Q(is_public=False) & ~Q(withheld_under="")),
        name=name,
    )


class CapacityFigure(Item, Published):
    """Four different numbers about one unit. A falling holding need be no shortfall."""

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="figures"
    )
    unit = models.CharField(max_length=120)  # "Police support units"
    level = models.CharField(max_length=10, choices=Level)
    required = models.PositiveIntegerField(null=True, blank=True)
    required_by = models.CharField(max_length=150, blank=True)  # who sets the requirement
    held = models.PositiveIntegerField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    projected = models.PositiveIntegerField(null=True, blank=True)
    projected_by = models.DateField(null=True, blank=True)
    accessible = models.PositiveIntegerField(null=True, blank=True)
    accessible_through = models.CharField(max_length=150, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            cleared_or_withheld("figure_is_cleared_or_withheld"),
            models.UniqueConstraint(fields=["assessment", "identity"], name="figure_identity"),
        ]

    def __str__(self):
        return self.unit


class Vulnerability(Item, Carried, Marked):
    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="vulnerabilities"
    )
    criterion = models.ForeignKey(
        "threats.Criterion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement = models.TextField()
    likelihood = models.CharField(max_length=10, choices=Likelihood)
    impact = models.CharField(max_length=10, choices=Impact)
    mitigation = models.TextField(blank=True)
    escalation = models.TextField(blank=True)  # to whom it goes when that is not enough
    owner = models.CharField(max_length=150, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "vulnerabilities"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "identity"], name="vulnerability_identity"
            ),
        ]

    def __str__(self):
        return self.statement[:60]


class Finding(Item, Carried, Marked):
    """What an inspectorate found, and what the force answers."""

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="findings"
    )
    body = models.CharField(max_length=120)  # "HMICFRS"
    report = models.CharField(max_length=250)
    dated = models.DateField(null=True, blank=True)
    finding_kind = models.CharField(max_length=30, choices=FindingKind)
    reference = models.CharField(max_length=60, blank=True)  # its number in the report
    text = models.TextField()
    grade = models.CharField(max_length=60, blank=True)  # in the body's own words, if it gave one
    response = models.TextField(blank=True)
    owner = models.CharField(max_length=150, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "identity"], name="finding_identity"),
        ]

    def __str__(self):
        return self.text[:60]


class EvidenceReference(Item, Published):
    """A piece of the force's evidence as this assessment cites it: its values when it was cited.

    They follow the register while the assessment can be edited and stay as
    they were once it is submitted, so that what was approved does not change.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="evidence"
    )
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=150, blank=True)
    dated = models.DateField(null=True, blank=True)
    kept_at = models.CharField(max_length=300, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(
        "assessments.Evidence", on_delete=models.PROTECT, null=True, related_name="references"
    )
    # Codes of the questions whose answers it backs.
    backs = models.JSONField(default=list, blank=True)
    # The part of the assessment it backs; empty for all of it.
    part = models.ForeignKey(
        "threats.QuestionPart", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "identity"], name="evidence_identity"),
        ]

    def __str__(self):
        return self.title


class ProposedRecommendation(Item, Published):
    """What a lead would have the paper recommend; it becomes one when the paper takes it up."""

    # Recommendations are meant to be read by all, unless somebody marks one otherwise.
    is_public = models.BooleanField(default=True)

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="recommendations"
    )
    addressee = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "identity"], name="proposed_recommendation_identity"
            ),
        ]

    def __str__(self):
        return self.text[:60]


class SummaryParagraph(Item, Published):
    """A paragraph for the board paper: with recommendations taken up, all that is printed there."""

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="summary"
    )
    text = models.TextField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            cleared_or_withheld("summary_paragraph_is_cleared_or_withheld"),
            models.UniqueConstraint(
                fields=["assessment", "identity"], name="summary_paragraph_identity"
            ),
        ]

    def __str__(self):
        return self.text[:60]
