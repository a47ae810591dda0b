from django.core.management.base import BaseCommand, CommandError

from reports.document import Audience
from reports.enums import PaperKind
from spr_portal.cycle_file.faults import told_in_one_line
from spr_portal.cycle_file.finding import find_cycle
from spr_portal.cycle_file.output import write_output
from spr_portal.cycle_file.papers import FORMATS, PaperRefused, paper_bytes
from spr_portal.cycle_file.setting import PAPER_NAMES


class Command(BaseCommand):
    help = "Make the board paper of a cycle, or its assurance statement, without a browser."

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, help="the force's code, such as wmp")
        parser.add_argument("--cycle", required=True, help="the year, such as 2016-17")
        parser.add_argument("--audience", required=True, choices=[str(a) for a in Audience])
        parser.add_argument("--kind", choices=PaperKind.values, default=PaperKind.BOARD_PAPER)
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", required=True, help="a file, or - for standard output")

    def handle(self, *, force, cycle, audience, format, kind, output, verbosity, **options):
        with told_in_one_line():
            found = find_cycle(force, cycle)
            try:
                content = paper_bytes(
                    found, audience=Audience(audience), format=format, kind=PaperKind(kind)
                )
            except PaperRefused as refusal:
                raise CommandError("\n".join(refusal.reasons)) from None
        write_output(output, content, command=self)
        if verbosity and output != "-":
            self.stdout.write(
                f"The {audience} edition of the {PAPER_NAMES[PaperKind(kind)]} of "
                f"{found.reference} is written to {output}."
            )
