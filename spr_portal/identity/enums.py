from django.db.models import TextChoices


class Role(TextChoices):
    """What a person may be appointed to."""

    FORCE_LEAD = "force_lead", "Force lead"
    CONTRIBUTOR = "contributor", "Contributor"
    ACC_SECURITY = "acc_security", "ACC Security"
    STAFF_OFFICER = "staff_officer", "ACC Security's staff officer"
    EXECUTIVE = "executive", "Executive Team"
    OPCC = "opcc", "OPCC staff"
    ADMINISTRATOR = "administrator", "Administrator"


# Appointments to these are for one threat; all others are for the whole force.
THREAT_ROLES = frozenset({Role.FORCE_LEAD, Role.CONTRIBUTOR})
