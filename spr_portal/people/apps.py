from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "spr_portal.people"
    label = "people"
