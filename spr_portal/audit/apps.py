from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "spr_portal.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from spr_portal.audit import sign_ins  # noqa: F401  needs the models loaded
