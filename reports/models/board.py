"""The board's side of an issued paper: what it decided, what is asked after it, who may read."""

from django.db import models

from reports.enums import DecisionOutcome, PaperKind


class BoardDecision(models.Model):
    """What the board made of an issued paper. A correction is a new row: the newest counts."""

    issued = models.ForeignKey(
        "reports.IssuedPaper", on_delete=models.PROTECT, related_name="decisions"
    )
    outcome = models.CharField(max_length=20, choices=DecisionOutcome)
    wording = models.TextField(blank=True)  # as the minutes have it
    conditions = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    minute_reference = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=150)
    recorded_by_post = models.CharField(max_length=150, blank=True)
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.decided_on}"

    @property
    def version(self) -> int:
        """What a correction starts from: rows never change, so each is a version."""
        return self.pk


class FollowUp(models.Model):
    """What a lead answers to what the board asked for; printed in the next paper."""

    decision = models.ForeignKey(BoardDecision, on_delete=models.PROTECT, related_name="follow_ups")
    threat_code = models.SlugField(blank=True)  # empty for the requirement as a whole
    text = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "threat_code"], name="one_follow_up_a_threat"
            ),
        ]

    def __str__(self):
        return f"{self.threat_code or 'the requirement'}: {self.text[:60]}"


class PublicLink(models.Model):
    """Whether anybody may read the public edition of a year without signing in."""

    force = models.ForeignKey("identity.Force", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=PaperKind, default=PaperKind.BOARD_PAPER)
    year = models.CharField(max_length=7)
    is_on = models.BooleanField(default=False)
    may_be_indexed = models.BooleanField(default=False)  # by search engines, while it is on
    changed_by_name = models.CharField(max_length=150)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["force", "kind", "year"], name="one_public_link"),
        ]

    def __str__(self):
        return f"{self.force_id} {self.year}: {'on' if self.is_on else 'off'}"
