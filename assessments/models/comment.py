from django.db import models
from django.db.models import Q

from assessments.enums import Outcome
from assessments.models.items import new_identity


class Comment(models.Model):
    """A remark on an answer, a list, or the assessment as a whole.

    The first of a thread stands for it: it is what gets resolved, and replies
    point at it. One with a proposed rating is ACC Security's moderation of an
    answer; its text is the reason.
    """

    identity = models.SlugField(max_length=40, default=new_identity)
    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.PROTECT, related_name="comments"
    )
    thread = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    # A question's code, an ItemKind, or empty for the whole assessment.
    place = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_by_name = models.CharField(max_length=150, blank=True)
    proposed_rating = models.ForeignKey(
        "threats.RatingPoint", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "identity"], name="comment_identity"),
            models.CheckConstraint(
                condition=Q(thread__isnull=True)
                | Q(resolved_at__isnull=True, proposed_rating__isnull=True),
                name="only_the_first_of_a_thread_is_resolved_or_proposes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(proposed_rating__isnull=False),
                name="only_a_proposed_rating_has_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["assessment", "place"],
                condition=Q(proposed_rating__isnull=False, outcome="", resolved_at__isnull=True),
                name="one_open_proposal_an_answer",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether it begins a thread that nobody has resolved."""
        return self.thread_id is None and self.resolved_at is None
