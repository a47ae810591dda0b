"""The assurance statement: made from the same year, taken the same way as the board paper."""

import datetime

import pytest
from django.utils import timezone

from assessments.models import Cycle
from reports.document import Audience, plain
from reports.domain.compose import compose_paper
from reports.domain.documents import document_hash, document_of, final_documents
from reports.domain.papers import agree_paper, issue_paper, send_paper
from reports.enums import PaperKind
from reports.models import BoardDecision, Recommendation
from reports.selectors import latest_templates
from tests.factories import make_files_up, make_issued

pytestmark = pytest.mark.django_db
ADDRESS = "2016-17-statement"


@pytest.fixture
def issued(acc):
    return make_issued(by=acc, restricted="Twelve officers stand by.")


@pytest.fixture
def statement(issued, acc):
    [template] = latest_templates(PaperKind.STATEMENT)
    return compose_paper(cycle=Cycle.objects.get(), template=template, by=acc)


def words_of(paper, audience=Audience.PUBLIC):
    return "\n".join(
        plain(inlines)
        for paragraph in document_of(paper, audience).paragraphs()
        for inlines in (paragraph.inlines, *paragraph.bullets)
    )


def decide(issued, acc, **values):
    return BoardDecision.objects.create(
        issued=issued,
        decided_on=datetime.date(2017, 2, 7),
        recorded_by=acc,
        recorded_by_name=acc.name,
        recorded_at=timezone.now(),
        **{"outcome": "noted"} | values,
    )


def test_it_says_in_short_what_each_threat_is_and_nothing_restricted(statement):
    document = document_of(statement, Audience.FULL)

    headings = [section.heading for section in document.sections]
    assert "Terrorism" in headings
    assert "What the board reads on Terrorism." in words_of(statement)
    assert "Twelve officers" not in words_of(statement, Audience.FULL)


def test_it_tells_what_the_board_decided(statement, issued, acc):
    before = words_of(statement)
    decide(
        issued,
        acc,
        minute_reference="12/17",
        conditions="A review in summer.",
        follow_up_on=datetime.date(2017, 9, 1),
    )

    assert "has not recorded a decision on the report yet" in before
    after = words_of(statement)
    assert "On 7 February 2017 the" in after
    assert "noted the report (minute 12/17)." in after
    assert "Conditions: A review in summer." in after
    assert "It asked what is new by 1 September 2017." in after


def test_a_decision_that_was_put_right_is_told_as_it_was_put_right(statement, issued, acc):
    first = decide(issued, acc, outcome="noted")
    decide(issued, acc, outcome="not_assured", replaces=first)

    assert "was not assured by the report" in words_of(statement)
    assert "noted the report" not in words_of(statement)


def test_it_recommends_nothing_and_leaves_the_papers_recommendations_alone(statement):
    assert list(document_of(statement, Audience.FULL).recommendations()) == []
    assert Recommendation.objects.filter(year="2016-17").exists()


def test_it_is_agreed_and_issued_beside_the_paper(statement, issued, acc, executive):
    closed_at = statement.cycle.closed_at
    send_paper(paper=statement, by=acc)
    statement.refresh_from_db()
    agreed = agree_paper(
        paper=statement,
        document=document_hash(final_documents(statement)[Audience.FULL]),
        by=executive,
    )
    make_files_up(agreed)
    made = issue_paper(paper=agreed, by=acc)

    assert (made.kind, made.number, made.address) == (PaperKind.STATEMENT, 1, ADDRESS)
    assert {file.name for file in made.files.all()} > {
        f"{acc.force.code}-2016-17-spr-assurance-statement-public.pdf"
    }
    assert Cycle.objects.get().closed_at == closed_at


def test_acc_security_starts_it_from_the_list_of_papers(issued, acc, sign_in):
    client = sign_in(acc)
    page = client.get("/papers/").content.decode()
    [template] = latest_templates(PaperKind.STATEMENT)

    started = client.post(f"/papers/{ADDRESS}/compose/", {"template": template.pk})

    assert f'href="/papers/{ADDRESS}/compose/"' in page
    assert started.url == f"/papers/{ADDRESS}/"
    text = client.get(started.url).content.decode()
    assert "Assurance statement on the Strategic Policing Requirement" in text
    for name in ("", "preview/full/", "preview/public/", "files/", "send/", "recommendations/"):
        assert client.get(f"{started.url}{name}").status_code == 200


def test_what_waits_names_the_statement(statement, acc, sign_in):
    assert "Write the assurance statement of 2016/17" in sign_in(acc).get("/").content.decode()
