from django.db import models


class Response(models.Model):
    """The answer to one question: one row, made when the cycle opens.

    `version` counts the saves. A save names the version it started from and
    changes the row only if it still stands at that version.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="responses"
    )
    question = models.ForeignKey("threats.Question", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    rating = models.ForeignKey(
        "threats.RatingPoint", on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    # The version a lead wrote or accepted last; a higher one is a contributor's draft.
    accepted_version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(null=True)
    # The opened page that saved it last, and how often that page had sent something by then: a
    # page's own saves may arrive late or twice. Empty where no page named itself.
    typed_on = models.CharField(max_length=24, blank=True)
    typed_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["question__part__order", "question__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="one_response_a_question"
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id}: {self.question_id}"

    @property
    def is_draft(self) -> bool:
        """Whether a contributor wrote it and no lead has accepted it yet."""
        return self.version > self.accepted_version

    @property
    def is_answered(self) -> bool:
        return bool(self.text.strip()) or self.rating_id is not None


class ResponseVersion(models.Model):
    """A response as somebody saved it: the history, never changed."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    rating = models.ForeignKey(
        "threats.RatingPoint", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["response", "version"], name="one_row_a_saved_version"),
        ]

    def __str__(self):
        return f"{self.response_id}: version {self.version}"


class CarriedAnswer(models.Model):
    """What the force said last year, by value: it stands beside this year's answer for ever.

    It never is the answer. Whether the answer is new, changed or unchanged
    comes from comparing the two; see `assessments.domain.carry_over`. Where
    several threats were joined, it holds all their words, each under its name.
    """

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="carried")
    year = models.CharField(max_length=7)  # "2015-16"
    threat_label = models.CharField(max_length=250)  # as that year's edition had it
    text = models.TextField(blank=True)
    # Empty unless there was one rating; the scale may have been another.
    rating_code = models.SlugField(blank=True)
    rating_label = models.CharField(max_length=80, blank=True)
    rating_tone = models.CharField(max_length=10, blank=True)
    rating_symbol = models.CharField(max_length=8, blank=True)
    scale_code = models.SlugField(blank=True)

    def __str__(self):
        return f"{self.response_id} in {self.year}"
