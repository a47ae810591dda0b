from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.domain.past_paper_reading import read_past_paper
from reports.presenters.past_paper_report import report_lines
from spr_portal.identity.exceptions import DomainError
from threats.models import Edition


class Command(BaseCommand):
    help = "Read a board paper that was made before the portal was used, and print what it says."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the paper: PDF, Word (docx) or plain text (txt)")
        parser.add_argument(
            "--edition", required=True, help="of the requirement: 2015-03, or its year"
        )

    def handle(self, *args, file, edition, **options):
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            proposal = read_past_paper(path=path, name=path.name, edition=_edition(edition))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        for line in report_lines(proposal):
            self.stdout.write(line)


def _edition(code: str) -> Edition:
    found = list(Edition.objects.filter(code__startswith=code))
    if len(found) != 1:
        known = ", ".join(Edition.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no one edition {code}. The portal has these: {known}.")
    return found[0]
