import datetime
import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments.enums import FoiExemption
from reports.domain.past_paper_reading import read_past_paper
from reports.domain.past_papers import change_head, keep_proposal, require_free
from reports.domain.taking_in import SURELY_THE_SAME, proposed_matches, take_in
from reports.models import IssuedPaper
from reports.past_paper_selectors import entered_by_hand, pieces_of, who_brings_in
from reports.past_papers.proposal import Proposal
from reports.presenters.past_paper_report import report_lines
from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.models import Force, User
from threats.models import Edition

BY_HAND = (
    "{count} recommendations of {year} were entered by hand, and not each of them is surely one of "
    "the paper's. Bring the paper in on its page, where you can say which is which."
)


class Command(BaseCommand):
    help = (
        "Read a board paper that was made before the portal was used and print what it seems to "
        "say. With --accept it is taken in, its recommendations open."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the paper: PDF, Word (docx) or plain text (txt)")
        parser.add_argument("--force", required=True, help="the force's code, such as wmp")
        parser.add_argument("--year", required=True, help="the financial year, such as 2015-16")
        parser.add_argument(
            "--edition", required=True, help="of the requirement: 2015-03, or its year"
        )
        parser.add_argument("--public", action="store_true", help="the paper was public")
        parser.add_argument(
            "--withheld-under",
            default=FoiExemption.LAW_ENFORCEMENT.value,
            choices=FoiExemption.values,
            help="the exemption of a paper that was not public (%(default)s)",
        )
        parser.add_argument("--by", help="e-mail address of who takes it in; else ACC Security")
        parser.add_argument("--meeting-date", help="the board's day, 2016-02-09, if not printed")
        parser.add_argument(
            "--leave-unplaced", action="store_true", help="leave out what is not placed"
        )
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--dry-run", action="store_true", help="print only, as without --accept")
        one.add_argument("--accept", action="store_true", help="take the paper in as it was read")

    def handle(self, *args, **options):
        try:
            self._import(options)
        except DomainError as refusal:
            raise CommandError(f"{str(refusal).rstrip('.')}.") from None

    def _import(self, options: dict) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        force, edition = _force(options["force"]), _edition(options["edition"])
        if not re.fullmatch(r"\d{4}-\d{2}", options["year"]):
            raise CommandError("Give the financial year as 2015-16.")
        require_free(force=force, year=options["year"])
        proposal = read_past_paper(path=path, name=path.name, edition=edition)
        for line in report_lines(proposal):
            self.stdout.write(line)
        if not options["accept"]:
            self.stdout.write("\nNothing was taken in. To do so, run this again with --accept.")
            return
        issued = _take_in(proposal, path, options, edition, _person(force, options["by"]))
        self.stdout.write(f"\nTaken in: {issued}, with {len(proposal.recommendations)} open "
                          "recommendations.")  # fmt: skip


@transaction.atomic
def _take_in(
    proposal: Proposal, path: Path, options: dict, edition: Edition, by: User
) -> IssuedPaper:
    """Keep the proposal and take it in at once; what fails leaves nothing behind."""
    draft = keep_proposal(
        proposal=proposal,
        year=options["year"],
        edition=edition,
        withheld_under="" if options["public"] else options["withheld_under"],
        path=path,
        name=path.name,
        by=by,
    )
    if options["meeting_date"]:
        day = _day(options["meeting_date"])
        draft = change_head(
            draft=draft, values={"meeting_on": day}, started_from=draft.version, by=by
        )
    entered = entered_by_hand(draft)
    matches = proposed_matches(list(pieces_of(draft)), entered, at_least=SURELY_THE_SAME)
    if len(matches) < len(entered):
        raise CommandError(BY_HAND.format(count=len(entered), year=draft.year))
    return take_in(draft=draft, matches=matches, leaves_unplaced=options["leave_unplaced"], by=by)


def _force(code: str) -> Force:
    found = Force.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Force.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no force {code}. The portal has these: {known}.")
    return found


def _edition(code: str) -> Edition:
    found = list(Edition.objects.filter(code__startswith=code))
    if len(found) != 1:
        known = ", ".join(Edition.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no one edition {code}. The portal has these: {known}.")
    return found[0]


def _person(force: Force, email: str | None) -> User:
    found = who_brings_in(force, email)
    if found is None:
        who = f"with the address {email}" if email else "who is ACC Security or staff officer"
        raise CommandError(f"{force.name} has nobody {who}. Say who takes it in with --by.")
    return found


def _day(words: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        raise CommandError("Give the meeting's day as 2016-02-09.") from None
