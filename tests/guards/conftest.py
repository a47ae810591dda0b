import pytest
from django.db import transaction

from tests.guards.scene import build_scene


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """One force at work, for all tests of a module; each test's own changes are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_scene()
        transaction.set_rollback(True)
