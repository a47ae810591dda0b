"""A process that works on an assessment beside another: `python -m tests.guards.rival ROLE …`.

Prints what it did as JSON. The rivals begin together: each says on standard
output that it is ready, and waits for a line.
"""

import json
import sys

import django


def main(task: str, email: str, *arguments: str) -> None:
    django.setup()
    from spr_portal.identity.models import User

    person = User.objects.get(email=email)
    work = {
        "save": save,
        "type_on": type_on,
        "approve": approve,
        "give_back": give_back,
        "make_ready": make_ready,
        "send_form": send_form,
        "issue": issue,
        "issue_and_die": issue_and_die,
    }[task]
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(work(person, *arguments)))


def save(person, threat: str, code: str, count: str) -> dict:
    """Save an answer many times, each time on top of what was last seen."""
    from assessments.domain.responses import save_response
    from assessments.exceptions import StaleEdit
    from assessments.models import Response

    done = {"saved": 0, "set aside": 0}
    where = {"assessment__threat__code": threat, "question__code": code}
    for number in range(int(count)):
        seen = Response.objects.select_related("assessment__cycle__force").get(**where)
        words = f"{person.email} {code} {number}"
        try:
            save_response(
                response=seen, text=words, rating=None, started_from=seen.version, by=person
            )
            done["saved"] += 1
        except StaleEdit:
            done["set aside"] += 1
    return done


def type_on(person, threat: str, code: str, count: str) -> dict:
    """Type an answer letter by letter, as a page saves it by itself: some words twice and late."""
    from assessments.domain.answers import save_answers
    from assessments.domain.given import GivenAnswer
    from assessments.domain.turns import in_turn
    from assessments.models import Assessment, Response

    done = {"saved": 0, "set aside": 0, "overtaken": 0}
    where = {"assessment__threat__code": threat, "question__code": code}
    page = f"{person.pk:016d}"
    for number in range(1, int(count) + 1):
        seen = Response.objects.get(**where)
        words = f"{person.email} {code} {number}"
        for sent in (number, number - 1) if number % 7 == 0 else (number,):
            given = GivenAnswer(
                code=code,
                text=words if sent == number else f"{person.email} {code} late",
                rating="",
                started_from=seen.version,
                page=page,
                number=sent,
                is_typing=True,
            )
            rows = Assessment.objects.select_related("cycle__force", "threat")
            with in_turn(rows, threat__code=threat) as assessment:
                saved = save_answers(assessment=assessment, given=[given], by=person)
            done["saved"] += code in saved.saved
            done["set aside"] += code in saved.stale
            done["overtaken"] += code in saved.overtaken
    return done


def approve(person) -> dict:
    from assessments.domain.assessments import approve_assessment
    from assessments.domain.content import content_of, hash_of

    def step(assessment):
        shown = hash_of(content_of(assessment))
        approve_assessment(assessment=assessment, content_hash=shown, by=person)

    return on_each(step)


def give_back(person) -> dict:
    from assessments.domain.assessments import return_assessment

    return on_each(lambda one: return_assessment(assessment=one, reason="Say more.", by=person))


def make_ready(person, identity: str, item: str) -> dict:
    """Make a meeting's agenda and pack, and write on one item, many times."""
    import datetime

    from reports.domain.agenda import change_agenda_item, make_agenda
    from reports.domain.packs import make_pack
    from reports.exceptions import StalePaperEdit
    from reports.models import Meeting

    meeting = Meeting.objects.get(identity=identity)
    today, done = datetime.date(2016, 9, 10), {"added": 0, "packs": 0, "saved": 0, "stale": 0}
    for number in range(20):
        done["added"] += make_agenda(meeting=meeting, today=today, by=person).added
        version = meeting.items.get(identity=item).version
        try:
            change_agenda_item(
                meeting=meeting,
                identity=item,
                values={"text": f"{person.email} {number}"},
                started_from=version,
                by=person,
            )
            done["saved"] += 1
        except StalePaperEdit:
            done["stale"] += 1
        done["packs"] += make_pack(meeting=meeting, by=person)[1]
    return done


def send_form(person, path: str, data: str, pages: str) -> dict:
    """Send a form as a browser does, from one page after the other; where each led."""
    from django.test import Client

    client = Client()
    client.force_login(person, backend="spr_portal.identity.backends.AccountBackend")
    sent = json.loads(data)
    answers = [
        client.post(path, sent | {"csrfmiddlewaretoken": f"page {number}"})
        for number in range(int(pages))
    ]
    return {
        "statuses": [one.status_code for one in answers],
        "led_to": [one.get("Location") for one in answers],
    }


def issue(person) -> dict:
    """Issue the one paper; the number of the issue, or why not."""
    from reports.domain.papers import issue_paper
    from reports.models import BoardPaper
    from spr_portal.identity.exceptions import DomainError

    try:
        return {"issued": issue_paper(paper=BoardPaper.objects.get(), by=person).number}
    except DomainError as refusal:
        return {"issued": 0, "refusal": type(refusal).__name__}


def issue_and_die(person, files: str) -> dict:
    """Issue the one paper, and be killed once so many of its files are written."""
    import os
    import signal

    from django.db.models.signals import post_save

    from reports.models import IssuedFile

    def die(**_):
        if IssuedFile.objects.count() == int(files):
            os.kill(os.getpid(), signal.SIGKILL)

    post_save.connect(die, sender=IssuedFile)
    return issue(person)


def on_each(step) -> dict:
    """Take a step with every submitted assessment; which ones it was taken with."""
    from assessments.models import Assessment
    from spr_portal.identity.exceptions import DomainError

    won, lost = [], []
    rows = Assessment.objects.select_related("cycle__force", "threat").order_by("pk")
    for assessment in list(rows.exclude(submitted_by=None)):
        try:
            step(assessment)
            won.append(assessment.pk)
        except DomainError:
            lost.append(assessment.pk)
    return {"won": won, "lost": lost}


if __name__ == "__main__":
    main(*sys.argv[1:])
