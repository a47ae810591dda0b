from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from spr_portal.strict_yaml import DataFileError
from threats.loading import load_edition, shipped_editions


class Command(BaseCommand):
    help = (
        "Load editions of the Strategic Policing Requirement: the files named, or those that "
        "come with the portal. All of them are loaded or none; what is loaded already is left."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE", help="an edition's YAML file")

    def handle(self, *, files, verbosity, **options):
        try:
            with transaction.atomic():
                editions = [load_edition(file) for file in files or shipped_editions()]
        except DataFileError as error:
            raise CommandError(str(error)) from error
        if verbosity > 0:
            for edition in editions:
                self.stdout.write(f"Edition {edition.code} is loaded: {edition.title}.")
