from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spr_portal.identity.enums import THREAT_ROLES, Role


class Force(models.Model):
    """A police force, with what it and its local policing body are called."""

    code = models.SlugField(unique=True, help_text="Short and permanent, such as wmp.")
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40)
    chief_officer_title = models.CharField(max_length=80, default="Chief Constable")
    # "Police and Crime Commissioner", "Mayor", "Police Authority Board" …
    body_title = models.CharField(max_length=100, default="Police and Crime Commissioner")
    # What the body is called in running text: "Commissioner", "Mayor", "Board".
    body_short_title = models.CharField(max_length=60, default="Commissioner")
    body_office = models.CharField(
        max_length=120, default="Office of the Police and Crime Commissioner"
    )
    board_name = models.CharField(max_length=120)
    colour = models.CharField(
        max_length=7,
        default="#1d70b8",
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", "Enter a colour such as #1d70b8.")],
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A person who signs in by e-mail address; the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person of one force or of its local policing body's office."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True, help_text="Rank and post.")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="people")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Appointment(models.Model):
    """A person holds a role from one date to another, both included.

    Rights are read from appointments on every request: ending one takes its
    rights away at once. The force is the person's own.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    # A threat's permanent code, the same in every edition; empty for a role of the whole force.
    threat_code = models.SlugField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Whose work it is while they are away: such an appointment has a last day.
    acting_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["role", "threat_code", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=(Q(role__in=sorted(THREAT_ROLES)) & ~Q(threat_code=""))
                | (~Q(role__in=sorted(THREAT_ROLES)) & Q(threat_code="")),
                name="appointment_names_a_threat_exactly_when_its_role_has_one",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="appointment_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True)
                | (Q(role=Role.FORCE_LEAD, ends_on__isnull=False) & ~Q(acting_for=F("person"))),
                name="acting_is_for_another_lead_until_a_last_day",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"
