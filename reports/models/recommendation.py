from django.db import models
from django.db.models import Q

from assessments.models.cycle import YEAR_FORMAT
from assessments.models.items import Published, cleared_or_withheld, new_identity
from reports.enums import RecommendationStatus


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
    text = models.TextField()  # continues the sentence the addressee begins
    # Codes of the threats it is about; empty for the requirement as a whole.
    threat_codes = models.JSONField(default=list, blank=True)
    # The proposal it was taken up from, as "wmp-2016-17-cyber/3f2a…"; empty otherwise.
    proposed_in = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=20, choices=RecommendationStatus, default=RecommendationStatus.OPEN
    )
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)
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
