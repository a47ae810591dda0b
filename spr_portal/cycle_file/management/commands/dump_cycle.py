from django.core.management.base import BaseCommand, CommandError

from assessments.exceptions import FileUnavailable
from spr_portal.cycle_file.dumping import cycle_data
from spr_portal.cycle_file.faults import told_in_one_line
from spr_portal.cycle_file.finding import find_cycle
from spr_portal.cycle_file.output import write_output
from spr_portal.cycle_file.writing import CannotBeWritten, to_yaml
from spr_portal.strict_yaml import DataFileError


class Command(BaseCommand):
    help = "Write a force's year to a cycle file (docs/cycle-file.md), without loss."

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, help="the force's code, such as wmp")
        parser.add_argument("--cycle", required=True, help="the year, such as 2016-17")
        parser.add_argument(
            "--without-files", action="store_true", help="leave the files of evidence out"
        )
        parser.add_argument("--output", required=True, help="a file, or - for standard output")

    def handle(self, *, force, cycle, output, verbosity, without_files=False, **options):
        with told_in_one_line():
            found = find_cycle(force, cycle)
            try:
                text = to_yaml(cycle_data(found, with_files=not without_files))
            except (CannotBeWritten, DataFileError, FileUnavailable) as error:
                raise CommandError(f"The cycle cannot be written to a file: {error}") from None
        write_output(output, text.encode(), command=self)
        if verbosity and output != "-":
            self.stdout.write(f"The cycle {found.reference} is written to {output}.")
