from django.db import models
from django.db.models import Q
from django.urls import reverse

from assessments.models.cycle import YEAR_FORMAT
from assessments.models.items import Published, cleared_or_withheld, new_identity
from reports.enums import RecommendationStatus
from spr_portal.workflow import StatusChangeBase


class Recommendation(Published):
    """Something a force's board paper recommends, and what became of it.

    It belongs to the force and the year it was made in, not to a paper in the
    portal: a force's first year here reports on recommendations made before.
    The identity is permanent; the number printed beside it is derived.
    """

    force = models.ForeignKey(
        "identity.Force", on_delete=models.PROTECT, related_name="recommendations"
    )
    year = models.CharField(max_length=7, validators=[YEAR_FORMAT])
    identity = models.SlugField(max_length=80, default=new_identity)
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    addressee = models.CharField(max_length=100)
    verb = models.CharField(max_length=60, blank=True)  # "note": the first of the text's words
    text = models.TextField()  # continues the sentence the addressee begins
    # Codes of the threats it is about; empty for the requirement as a whole.
    threat_codes = models.JSONField(default=list, blank=True)
    is_cross_cutting = models.BooleanField(default=False)  # about a theme of several threats
    owner = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_name = models.CharField(max_length=150, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_made_in = models.CharField(max_length=7, blank=True)  # the year, where it was carried
    carried_to = models.CharField(max_length=7, blank=True)  # the year whose paper makes it again
    # The proposal it was taken up from, as "wmp-2016-17-cyber/3f2a…"; empty otherwise.
    proposed_in = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=20, choices=RecommendationStatus, default=RecommendationStatus.OPEN
    )
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_evidence = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["year", "order", "id"]
        constraints = [
            cleared_or_withheld("recommendation_is_cleared_or_withheld"),
            models.UniqueConstraint(
                fields=["force", "year", "identity"], name="recommendation_identity"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RecommendationStatus.values),
                name="recommendation_status_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.addressee} {self.text}"[:80]

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.year}/{self.identity}"

    @property
    def made_in(self) -> str:
        """The year it was first made in."""
        return self.first_made_in or self.year

    def get_absolute_url(self):
        return reverse("reports:followed", args=[self.year, self.identity])


class RecommendationChange(StatusChangeBase):
    """What somebody said about a recommendation, and the status that followed."""

    subject = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="status_changes"
    )

    def __str__(self):
        return f"{self.subject_id}: {self.action}"
