from django.core.management.base import BaseCommand, CommandError

from reports.domain.documents import problems_in
from reports.enums import PaperKind
from reports.models import BoardPaper
from spr_portal.cycle_file.faults import told_in_one_line
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.setting import PAPER_NAMES
from spr_portal.strict_yaml import DataFileError


class Command(BaseCommand):
    help = "Load a force's year from a cycle file (docs/cycle-file.md): all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a cycle file, in YAML")

    def handle(self, *, file, verbosity, **options):
        with told_in_one_line():
            try:
                cycle = load_cycle(file)
            except DataFileError as error:
                raise CommandError(str(error)) from None
        if not verbosity:
            return
        self.stdout.write(f"The cycle {cycle.reference} is loaded, on {cycle.edition}.")
        for paper in BoardPaper.objects.filter(cycle=cycle):
            name = PAPER_NAMES[PaperKind(paper.kind)]
            for problem in problems_in(paper):
                self.stdout.write(f"Before its {name} can be agreed: {problem}")
