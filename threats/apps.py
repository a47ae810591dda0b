from django.apps import AppConfig


class ThreatsConfig(AppConfig):
    name = "threats"
    default_auto_field = "django.db.models.BigAutoField"
