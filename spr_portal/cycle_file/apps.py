from django.apps import AppConfig


class CycleFileConfig(AppConfig):
    name = "spr_portal.cycle_file"
    label = "cycle_file"
