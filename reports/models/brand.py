from django.core.validators import RegexValidator
from django.db import models

COLOUR_FORMAT = RegexValidator(r"^#[0-9a-f]{6}$", "A colour is written like #1d70b8.")


class Brand(models.Model):
    """What a force's papers look like: its logo, its colour and the words it always prints."""

    force = models.OneToOneField(
        "identity.Force", on_delete=models.CASCADE, related_name="paper_brand"
    )
    logo = models.BinaryField(null=True, blank=True)  # a PNG, made anew from what was uploaded
    logo_description = models.CharField(max_length=150, blank=True)  # "West Midlands Police"
    colour = models.CharField(max_length=7, blank=True, validators=[COLOUR_FORMAT])
    head_words = models.CharField(max_length=200, blank=True)
    foot_words = models.TextField(blank=True)  # printed after the last section
    version = models.PositiveIntegerField(default=1)

    def __str__(self):
        return f"Brand of {self.force_id}"
