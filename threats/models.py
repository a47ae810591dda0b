from django.db import models
from django.utils.formats import date_format


class Edition(models.Model):
    """A published edition of the Strategic Policing Requirement, loaded from a file of data.

    Nothing of an edition changes once anything points at it; see `threats.loading`.
    What pins an edition does so with a PROTECT key.
    """

    code = models.SlugField(unique=True)  # "2015-03"
    title = models.CharField(max_length=200)
    issued_on = models.DateField()
    issued_day_is_known = models.BooleanField(
        default=True
    )  # if not, issued_on is the month's first
    legal_basis = models.TextField()
    source = models.TextField()
    checksum = models.CharField(max_length=64)  # SHA-256 of the file it was loaded from

    class Meta:
        ordering = ["-issued_on", "-code"]

    def __str__(self):
        return self.title

    @property
    def issued_in_words(self):
        """ "20 February 2023", or "March 2015" where the day is not known."""
        return date_format(self.issued_on, "j F Y" if self.issued_day_is_known else "F Y")


class Threat(models.Model):
    """A national threat as one edition names it. The code is the same in every edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="threats")
    code = models.SlugField()
    label = models.CharField(max_length=120)  # the edition's official one
    order = models.PositiveSmallIntegerField()  # the edition's own

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="threat_once_an_edition"),
        ]

    def __str__(self):
        return self.label


class Place(models.TextChoices):
    """Where in a paper a threat is named: each place has its own words and its own order."""

    LIST = "list", "List of threats"
    SECTION = "section", "Section heading"
    RECOMMENDATION = "recommendation", "Recommendation heading"


class ThreatLabel(models.Model):
    """What a threat is called in one place, and where it stands there.

    Every threat has one for every place: the loader fills in the official
    label and order where the file says nothing else.
    """

    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="labels")
    place = models.CharField(max_length=20, choices=Place)
    label = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["threat", "place"], name="threat_label_once_a_place"),
        ]

    def __str__(self):
        return self.label


class Criterion(models.Model):
    """One of the five Cs, as an edition groups and defines them."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField()
    label = models.CharField(max_length=80)
    definition = models.TextField()
    group_code = models.SlugField()  # criteria that are read under one heading share it
    group_label = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="criterion_once_an_edition"),
        ]

    def __str__(self):
        return self.label


class RatingScale(models.Model):
    """A scale that a cycle can be rated on. Every scale has one point that is not a rating."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rating_scales")
    code = models.SlugField()
    label = models.CharField(max_length=120)
    is_proposed = models.BooleanField(default=False)  # the one a new cycle offers first
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="rating_scale_once_an_edition"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(is_proposed=True),
                name="one_rating_scale_is_proposed",
            ),
        ]

    def __str__(self):
        return self.label


class Tone(models.TextChoices):
    """How a rating is coloured. Grey is for what is not rated, and for nothing else."""

    GREEN = "green", "Green"
    YELLOW = "yellow", "Yellow"
    ORANGE = "orange", "Orange"
    RED = "red", "Red"
    GREY = "grey", "Grey"


class RatingPoint(models.Model):
    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="points")
    code = models.SlugField()
    label = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    tone = models.CharField(max_length=10, choices=Tone)
    symbol = models.CharField(max_length=8, blank=True)  # so that colour never stands alone
    is_not_rated = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()  # best first, not rated last

    class Meta:
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="rating_point_once_a_scale"),
            models.UniqueConstraint(
                fields=["scale"],
                condition=models.Q(is_not_rated=True),
                name="one_point_of_a_scale_is_not_rated",
            ),
            models.CheckConstraint(
                condition=models.Q(is_not_rated=True, tone=Tone.GREY)
                | (models.Q(is_not_rated=False) & ~models.Q(tone=Tone.GREY)),
                name="exactly_not_rated_is_grey",
            ),
        ]

    def __str__(self):
        return self.label


class QuestionPart(models.Model):
    """A page of the assessment's task list: questions that are answered together."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parts")
    code = models.SlugField()  # "threat-picture", "capacity"
    label = models.CharField(max_length=120)
    guidance = models.TextField(blank=True)
    # Set on a part that asks about one of the five Cs: its rating stands in the grid.
    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, null=True, related_name="parts"
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="question_part_once_an_edition"
            ),
        ]

    def __str__(self):
        return self.label


class AnswerKind(models.TextChoices):
    NARRATIVE = "narrative", "Narrative"
    RATING = "rating", "Rating"


class Level(models.TextChoices):
    LOCAL = "local", "Local"
    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


class Question(models.Model):
    """Something put to a force lead. The code is permanent; answers are kept under it."""

    part = models.ForeignKey(QuestionPart, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=80)  # "capacity-regional"; unique within the edition
    prompt = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=AnswerKind)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    is_required = models.BooleanField(default=True)
    # Codes of the threats it is put to; empty for all.
    threat_codes = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["part", "order"]
        constraints = [
            models.UniqueConstraint(fields=["part", "code"], name="question_once_a_part"),
        ]

    def __str__(self):
        return self.prompt


class Relation(models.TextChoices):
    SAME = "same", "The same threat"
    RENAMED = "renamed", "The same threat under another name"
    MERGED = "merged", "Joined with another"
    SPLIT = "split", "Parted from another"
    NEW = "new", "New"
    RETIRED = "retired", "No longer listed"


class ThreatMapping(models.Model):
    """How a threat of one edition stands to a threat of an earlier one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mappings")
    earlier_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    earlier_threat = models.ForeignKey(
        Threat, on_delete=models.PROTECT, null=True, related_name="+"
    )
    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, null=True, related_name="mappings")
    relation = models.CharField(max_length=10, choices=Relation)

    class Meta:
        ordering = ["edition", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(relation=Relation.NEW, earlier_threat=None, threat__isnull=False)
                | models.Q(relation=Relation.RETIRED, earlier_threat__isnull=False, threat=None)
                | (
                    ~models.Q(relation__in=[Relation.NEW, Relation.RETIRED])
                    & models.Q(earlier_threat__isnull=False, threat__isnull=False)
                ),
                name="mapping_names_the_threats_its_relation_needs",
            ),
        ]

    def __str__(self):
        return f"{self.earlier_threat} → {self.threat}: {self.get_relation_display()}"
