"""No page asks the database more than 8 times, no list more than 10."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.guards.addresses import ADDRESSES

pytestmark = pytest.mark.django_db
PAGE, LIST = 8, 10
LISTS = {
    "people",
    "assessments:cycles",
    "assessments:cycle",  # every threat, every list
    "assessments:assessment",  # what is to do, and what a return asked for
    "assessments:changes",  # every submission, and the history
    "assessments:history",  # every save of an answer
    "assessments:items",
    "assessments:cited",
    "assessments:evidence",
    "assessments:choose_evidence",
    "reports:home",
    "reports:paper",  # its sections, what is missing and its history
    "reports:papers",
    "reports:waivers",  # every one that was ever given
    "reports:past_papers",
    "reports:issue",  # what is missing, and how far every file is
    "reports:files",  # every file of both editions, and whether it is whole
    "reports:files_progress",
    "reports:comments",
    "reports:comment_on",  # everything said on a part, and its words as they are now
    "reports:published",
    "reports:search",
    "reports:compare",  # two papers
    "reports:recommendations",
    "reports:recommendation",  # with every reference and every owner that can be chosen
    "reports:add_recommendation",
    "reports:recommendation_register",
    "reports:outcomes",
    "reports:meetings",
    "reports:meeting",  # its agenda, actions, people, packs and history
    "reports:packs",
    "reports:actions",
}
# A file that is taken is noted in the audit.
NOTED = {
    "reports:bundle",
    "reports:bundle_of_issue",
    "reports:download",
    "reports:download_of_issue",
    "reports:download_draft",
    "reports:download_pack",
    "assessments:grid_file",
    "assessments:take_evidence_file",
}
NOT_ASKED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
READ = sorted(name for name in ADDRESSES if ADDRESSES[name].get and name not in NOTED)


@pytest.mark.parametrize("name", READ)
def test_a_page_asks_the_database_few_times(scene, name):
    path = reverse(name, args=ADDRESSES[name].at(scene))
    for person in sorted(ADDRESSES[name].get):
        client = scene.client_of(person)
        with transaction.atomic():
            client.get(path)  # the visit is noted once a minute
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            transaction.set_rollback(True)

        asked = [query for query in queries if not query["sql"].startswith(NOT_ASKED)]
        assert len(asked) <= (LIST if name in LISTS else PAGE), person
