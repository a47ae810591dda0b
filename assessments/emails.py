"""Who is told of what in the year; how each of them wants it, `assessments.notices` knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from assessments.enums import Notice
from assessments.models import Assessment, Comment, Contributor, Cycle
from assessments.notices import listed, notify, notify_all
from assessments.selectors import is_visible_to, questions_drafted_by
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, User
from spr_portal.identity.selectors import people_with


def tell_of_tasking(cycle: Cycle, *, leads: Mapping[str, Iterable[User]], by: User) -> None:
    """One e-mail to each lead, naming all the threats that are theirs."""
    labels = {threat.code: threat.label for threat in cycle.edition.threats.all()}
    for person, codes in _threats_of(leads).items():
        notify(
            person,
            notice=Notice.TASKED,
            subject=f"Self-assessment for {cycle.year_in_words}: due on {_date(cycle.due_on)}",
            sentence=f"{by.name} has opened the {cycle.year_in_words} self-assessment: you lead "
            f"on {listed([labels[code] for code in codes])}, due on {_date(cycle.due_on)}.",
            path=reverse("reports:home"),
            template="tasking",
            cycle=cycle,
            by=by,
            threats=[(labels[code], f"{cycle.get_absolute_url()}{code}/") for code in codes],
        )


def tell_of_dates(cycle: Cycle, *, leads: Mapping[str, Iterable[User]], by: User) -> None:
    """To every lead, when a date that they work towards has changed."""
    for person, codes in _threats_of(leads).items():
        address = f"{cycle.get_absolute_url()}{codes[0]}/"
        notify(
            person,
            notice=Notice.DATES,
            subject=f"Self-assessment for {cycle.year_in_words}: the dates have changed",
            sentence=f"{by.name} has changed the dates of {cycle.year_in_words}: the "
            f"self-assessments are due on {_date(cycle.due_on)} and describe the position as at "
            f"{_date(cycle.as_at)}.",
            path=address,
        )


def tell_of_named(contributor: Contributor, *, by: User) -> None:
    """To the colleague whom a lead has asked to draft."""
    assessment = contributor.assessment
    number = len(contributor.question_codes)
    what = f"{number} {'answer' if number == 1 else 'answers'} of" if number else "all of"
    notify(
        contributor.person,
        notice=Notice.NAMED,
        subject=f"{_about(assessment)}: you are asked to draft",
        sentence=f"{by.name} asks you to draft {what} the {_title(assessment)}, due on "
        f"{_date(assessment.cycle.due_on)}. What you write is a draft until a lead accepts it.",
        path=assessment.get_absolute_url(),
    )


def tell_of_acting(appointments: Iterable[Appointment], *, by: User) -> None:
    """To who acts for a lead, and to the lead if somebody else arranged it; not to who did."""
    appointments = list(appointments)
    if not appointments:
        return
    first = appointments[0]
    acting, lead = first.person, first.acting_for
    days = f"from {_date(first.starts_on)} to {_date(first.ends_on)}"
    told = {
        acting: f"You act for {lead.name} as force lead {days}: what waits for them waits for you.",
        lead: f"{acting.name} acts for you as force lead {days}.",
    }
    for person, sentence in told.items():
        if person != by:
            notify(
                person,
                notice=Notice.NAMED,
                subject=f"Acting for {lead.name} {days}",
                sentence=sentence,
                path=reverse("reports:home"),
            )


def tell_of_submission(assessment: Assessment, *, by: User) -> None:
    """To the reviewers; a second submission says that it is one."""
    is_again = assessment.submissions.count() > 1
    _tell_about(
        assessment,
        _reviewers(assessment),
        notice=Notice.SUBMITTED,
        template="submission",
        happened="submitted again" if is_again else "submitted",
        by=by,
        is_again=is_again,
    )


def tell_of_return(assessment: Assessment, *, by: User) -> None:
    _tell_of_work(assessment, happened="returned", by=by)


def tell_of_reopening(assessment: Assessment, *, by: User) -> None:
    _tell_of_work(assessment, happened="reopened", by=by)


def tell_of_approval(assessment: Assessment, *, by: User) -> None:
    _tell_about(
        assessment,
        _leads(assessment),
        notice=Notice.APPROVED,
        template="approval",
        happened="approved",
        by=by,
    )


def tell_of_comment(comment: Comment, *, by: User) -> None:
    """To the other side, and to who wrote in the thread and still may read it; not to who wrote."""
    assessment, root = comment.assessment, comment.thread or comment
    wrote = {root.by, *(reply.by for reply in root.replies.select_related("by"))} - {by}
    in_thread = {person for person in wrote if is_visible_to(person, assessment)}
    drafts = questions_drafted_by(by, assessment) != frozenset()
    others = _reviewers(assessment) if drafts else _leads(assessment)
    is_reply = comment.thread_id is not None
    notify_all(
        {*others, *in_thread} - {by},
        notice=Notice.COMMENTED,
        subject=f"{_about(assessment)}: {'a reply' if is_reply else 'a comment'}",
        sentence=f"{by.name} has {'replied' if is_reply else 'commented'} on the "
        f"{_title(assessment)}.",
        path=assessment.get_absolute_url(),
    )


def tell_of_proposal(comment: Comment, *, by: User) -> None:
    """To the leads: ACC Security would rate an answer otherwise and waits for them."""
    assessment = comment.assessment
    notify_all(
        set(_leads(assessment)) - {by},
        notice=Notice.COMMENTED,
        subject=f"{_about(assessment)}: another rating is proposed",
        sentence=f"{by.name} proposes another rating in the {_title(assessment)}. Agree to it or "
        "answer.",
        path=assessment.get_absolute_url(),
    )


def tell_of_agreement(comment: Comment, *, by: User) -> None:
    """To who proposed the rating: the lead has agreed."""
    assessment = comment.assessment
    if comment.by != by:
        notify(
            comment.by,
            notice=Notice.COMMENTED,
            subject=f"{_about(assessment)}: the proposed rating is agreed",
            sentence=f"{by.name} has agreed to the rating you proposed in the "
            f"{_title(assessment)}.",
            path=assessment.get_absolute_url(),
        )


def _tell_of_work(assessment: Assessment, *, happened: str, by: User) -> None:
    change = assessment.status_changes.order_by("-at", "-id").first()
    _tell_about(
        assessment,
        _leads(assessment),
        notice=Notice.RETURNED,
        template="return",
        happened=happened,
        by=by,
        asked=len(change.places) if change else 0,
    )


def _tell_about(
    assessment: Assessment,
    people: Iterable[User],
    *,
    notice: Notice,
    template: str,
    happened: str,
    by: User,
    **context,
) -> None:
    notify_all(
        people,
        notice=notice,
        subject=f"{_about(assessment)}: {happened}",
        sentence=f"{by.name} has {happened.removesuffix(' again')} the {_title(assessment)}"
        f"{' again' if happened.endswith(' again') else ''}.",
        path=assessment.get_absolute_url(),
        template=template,
        assessment=assessment,
        cycle=assessment.cycle,
        happened=happened,
        by=by,
        **context,
    )


def _threats_of(leads: Mapping[str, Iterable[User]]) -> dict[User, list[str]]:
    threats_of: dict[User, list[str]] = {}
    for code, people in leads.items():
        for person in people:
            threats_of.setdefault(person, []).append(code)
    return threats_of


def _leads(assessment: Assessment):
    return people_with(Role.FORCE_LEAD, force=assessment.force, threat_code=assessment.threat.code)


def _reviewers(assessment: Assessment):
    return people_with(Role.ACC_SECURITY, Role.STAFF_OFFICER, force=assessment.force)


def _about(assessment: Assessment) -> str:
    return f"{assessment.threat.label}, {assessment.cycle.year_in_words}"


def _title(assessment: Assessment) -> str:
    return f"{assessment.cycle.year_in_words} self-assessment on {assessment.threat.label}"


def _date(date) -> str:
    return f"{date.day} {date:%B %Y}"
