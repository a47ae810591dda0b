"""Restricted words where nobody opens a page: e-mails, searches, public links, the next paper.

The year and its secrets are those of test_nothing_leaks; here are more that come once a paper is
issued, and more ways out.
"""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessments.models import Cycle
from reports.domain.board_decisions import record_decision
from reports.domain.compose import compose_paper
from reports.domain.follow_ups import answer_follow_up
from reports.domain.following_up import assign, take_step
from reports.domain.public_links import switch_public_link
from reports.domain.wording import add_paragraph
from reports.enums import PaperKind, RecommendationStep
from reports.models import Recommendation
from reports.selectors import latest_templates
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_person
from tests.guards.scene import DRAFT
from tests.guards.test_nothing_leaks import (
    MARKED,
    OPEN,
    REMOVED,
    RESTRICTED,
    SECRETS,
    Everything,
    everything_seen_by,
    people,  # noqa: F401 – a fixture
    signed_in,
    year,  # noqa: F401 – a fixture
)
from tests.leaks.unpacking import leaks

pytestmark = pytest.mark.django_db
# What is said once the paper is issued; the office reads it when a paper prints and clears it.
LATER = {
    name: f"canarylater{number}x"
    for number, name in enumerate(
        [
            "answer to the board", "report on a recommendation", "evidence of a report",
            "words of a statement", "marked words of a statement", "handling in a statement",
        ]
    )
}  # fmt: skip
WORDS = [*SECRETS.values(), *LATER.values(), REMOVED]
# What the board decided is the office's own: everybody who may read the paper reads it.
DECIDED = "openconditions9x"


@pytest.fixture
def issued(year, people):  # noqa: F811
    """The year's issued paper, with what people said of it since."""
    acc, lead = people[Role.ACC_SECURITY], people[Role.FORCE_LEAD]
    issued = year.papers.get().issued
    decision = record_decision(
        issued=issued,
        values={
            "outcome": "noted",
            "wording": "",
            "conditions": DECIDED,
            "follow_up_on": datetime.date(2030, 1, 1),
            "minute_reference": "",
            "decided_on": datetime.date(2017, 2, 7),
        },
        started_from=0,
        by=people[Role.OPCC],
    )
    answer_follow_up(
        decision=decision,
        threat_code="terrorism",
        text=LATER["answer to the board"],
        started_from=0,
        by=lead,
    )
    report_on_recommendations(acc=acc, owner=lead)
    write_statement(year, by=acc)
    return issued


def report_on_recommendations(*, acc, owner) -> None:
    restricted = Recommendation.objects.get(text=SECRETS["restricted recommendation"])
    assign(
        recommendation=restricted,
        owner=owner.pk,
        due_on=None,
        started_from=restricted.version,
        by=acc,
    )
    take_step(
        recommendation=restricted,
        step=RecommendationStep.PROGRESS,
        text=LATER["report on a recommendation"],
        evidence=LATER["evidence of a report"],
        by=owner,
    )


def write_statement(cycle: Cycle, *, by) -> None:
    [template] = latest_templates(PaperKind.STATEMENT)
    statement = compose_paper(cycle=cycle, template=template, by=by)
    section = statement.sections.filter(kind="wording").first()
    marked = {"text": LATER["marked words of a statement"]} | MARKED
    marked["handling"] = LATER["handling in a statement"]
    for values in ({"text": LATER["words of a statement"]}, marked):
        add_paragraph(section=section, values=values | RESTRICTED, by=by)


def test_the_office_finds_no_restricted_word_and_no_count_of_one(issued, people):  # noqa: F811
    office, acc = signed_in(people[Role.OPCC]), signed_in(people[Role.ACC_SECURITY])
    search = reverse("reports:search")

    def found(client, word, **more):
        answer = client.get(search, {"words": word, **more})
        return answer.context["count"] if answer.status_code == 200 else None

    for name, word in SECRETS.items():
        assert found(office, word) == 0, name
        assert found(office, word[:-2]) == 0, name
        assert found(office, word, edition="full") is None, name
    assert found(office, OPEN["public figure"]) > 0
    assert found(acc, SECRETS["restricted paragraph"], edition="full") > 0
    assert found(acc, SECRETS["restricted paragraph"], edition="public") == 0
    for other in (Role.FORCE_LEAD, Role.ADMINISTRATOR):
        assert signed_in(people[other]).get(search, {"words": "canary"}).status_code == 403


def test_no_email_and_nothing_that_waits_to_be_sent_holds_what_somebody_wrote(issued):
    queued = [str(row.args_kwargs) for row in DBTaskResult.objects.all()]
    emails = [text for text in queued if "subject" in text]

    assert len(emails) > 10
    assert leaks([*WORDS, DECIDED], *(text.encode() for text in queued)) == []


def test_what_was_said_since_reaches_the_office_nowhere(issued, year, people):  # noqa: F811
    paths = Everything(year, people).paths
    statement = f"{DRAFT}-statement"
    paths += [path.replace(f"/{DRAFT}/", f"/{statement}/") for path in paths if "papers" in path]

    outside = everything_seen_by(signed_in(people[Role.OPCC]), sorted(set(paths)), sends=True)

    assert DECIDED.encode() in outside
    assert leaks(WORDS, outside) == []


def test_strangers_get_the_public_edition_alone(issued, year, people):  # noqa: F811
    switch_public_link(issued=issued, is_on=True, may_be_indexed=True, by=people[Role.OPCC])
    here = f"/public/wmp/{DRAFT}/"
    known = [here, f"{here}1/", f"{here}1/bundle/", "/robots.txt"]
    known += [f"{here}1/{form}/" for form in ("html", "pdf", "docx", "json")]
    guessed = [
        f"{here}1/pdf/?edition=full", f"{here}?edition=full", f"{here}1/bundle/?audience=full",
        f"{here}1/full/", f"{here}2/", f"{here}1/zip/", f"/public/wmp/{DRAFT}-statement/",
        f"/public/other/{DRAFT}/", f"{here}1/bundle/full/", f"{here}0/",
    ]  # fmt: skip
    others = [path for path in Everything(year, people).paths if not path.startswith("/public/")]

    for client in (Client(), signed_in(people[Role.ACC_SECURITY])):
        seen = everything_seen_by(client, [*known, *guessed], sends=False)
        assert seen.count(b"%PDF") >= 1
        assert OPEN["public figure"].encode() in seen
        assert leaks([*WORDS, DECIDED], seen) == []
    assert leaks(WORDS, everything_seen_by(Client(), others, sends=True)) == []


def test_another_force_gets_nothing_of_it(issued, year, people):  # noqa: F811
    elsewhere = make_force("shire", name="Shire Police", short_name="SP")
    stranger = signed_in(make_person(force=elsewhere, role=Role.ACC_SECURITY))

    seen = everything_seen_by(stranger, Everything(year, people).paths, sends=False)
    found = stranger.get(reverse("reports:search"), {"words": "canary"})

    assert leaks([*WORDS, DECIDED, *OPEN.values()], seen) == []
    assert found.context["count"] == 0
