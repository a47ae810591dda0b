import pytest
from django.core.cache import cache

from spr_portal.identity.enums import Role
from tests.factories import make_force, make_person


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    """django-allauth counts requests in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def emails_at_once(settings, mailoutbox):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return mailoutbox


@pytest.fixture
def force(db):
    return make_force("wmp")


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, email="lead@example.org")


@pytest.fixture
def administrator(force):
    return make_person(force=force, role=Role.ADMINISTRATOR, email="admin@example.org")
