from django.core.management.base import BaseCommand, CommandError

from reports.loading import load_paper_template, shipped_templates
from spr_portal.strict_yaml import DataFileError


class Command(BaseCommand):
    help = "Load the shipped templates of papers, or the files named."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", help="template files; none for the shipped ones")

    def handle(self, *args, files, **options):
        for path in files or shipped_templates():
            try:
                template = load_paper_template(path)
            except DataFileError as error:
                raise CommandError(str(error)) from error
            if options["verbosity"]:
                self.stdout.write(f"Paper template: {template}")
