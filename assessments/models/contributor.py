from django.db import models


class Contributor(models.Model):
    """A colleague whom a lead has asked to draft an assessment, or some of its answers.

    Somebody appointed as contributor by an administrator drafts every year;
    this one drafts here, until the lead ends it.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="contributors"
    )
    person = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    # Codes of questions; empty for the whole assessment with its lists.
    question_codes = models.JSONField(default=list, blank=True)
    named_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="one_contributor_an_assessment_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.person} for {self.assessment_id}"
