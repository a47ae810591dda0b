from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

YEAR_FORMAT = RegexValidator(r"\A\d{4}-\d{2}\Z", "Enter a financial year such as 2016-17.")


class Cycle(models.Model):
    """A force's year, pinned for ever to one edition and one rating scale."""

    force = models.ForeignKey("identity.Force", on_delete=models.PROTECT, related_name="cycles")
    year = models.CharField(max_length=7, validators=[YEAR_FORMAT])  # "2016-17"
    edition = models.ForeignKey("threats.Edition", on_delete=models.PROTECT, related_name="cycles")
    rating_scale = models.ForeignKey(
        "threats.RatingScale", on_delete=models.PROTECT, related_name="+"
    )
    as_at = models.DateField("as-at date")  # the day the answers describe
    tasked_on = models.DateField()
    due_on = models.DateField()
    executive_on = models.DateField("Executive Team date")
    board_on = models.DateField("board date")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    # When its paper was issued: from then on its assessments stay what was printed.
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["force", "year"], name="one_cycle_a_force_and_year"),
            models.CheckConstraint(
                condition=Q(tasked_on__lte=F("due_on"))
                & Q(due_on__lte=F("executive_on"))
                & Q(executive_on__lte=F("board_on")),
                name="cycle_dates_follow_one_another",
            ),
        ]

    def __str__(self):
        return f"{self.force.short_name} {self.year_in_words}"

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.year}"

    @property
    def year_in_words(self) -> str:
        """The financial year as people write it: 2016/17."""
        return self.year.replace("-", "/")

    def get_absolute_url(self):
        return reverse("assessments:cycle", args=[self.year])
