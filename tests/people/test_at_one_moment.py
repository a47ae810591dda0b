import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with
from spr_portal.people.domain.appointments import end_appointment
from tests.factories import make_force, make_person


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_others_appointment_leave_one():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's transactions take turns; its tests' database has one thread.")
    for _ in range(5):
        force = make_force()
        pair = [make_person(force=force, role=Role.ADMINISTRATOR) for _ in range(2)]
        together = Barrier(2)
        yesterday = timezone.localdate() - datetime.timedelta(days=1)

        def end(by_pk, other_pk, together=together, yesterday=yesterday):
            try:
                by, other = (
                    User.objects.select_related("force").get(pk=pk) for pk in (by_pk, other_pk)
                )
                appointment = other.appointments.get()
                together.wait(timeout=10)
                end_appointment(appointment=appointment, last_day=yesterday, by=by)
            except PolicyDenied:
                return "denied"
            finally:
                connection.close()
            return "ended"

        with ThreadPoolExecutor(2) as threads:
            one = threads.submit(end, pair[0].pk, pair[1].pk)
            other = threads.submit(end, pair[1].pk, pair[0].pk)
            outcomes = sorted([one.result(), other.result()])

        assert outcomes == ["denied", "ended"]
        assert people_with(Role.ADMINISTRATOR, force=force).count() == 1
