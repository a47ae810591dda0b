from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spr_portal.cycle_file.demonstration import load_demonstration
from spr_portal.identity.demonstration import DEMONSTRATION_PASSWORD
from spr_portal.identity.exceptions import DomainError
from spr_portal.strict_yaml import DataFileError


class Command(BaseCommand):
    help = "Load the demonstration: a made-up year of West Midlands Police, and an open one."

    def handle(self, *, verbosity, **options):
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This portal is not in demonstration mode, so nothing was loaded. The "
                "demonstration lets anybody sign in as anybody: SPR_DEMONSTRATION=1 allows it."
            )
        try:
            is_new = load_demonstration()
        except (DataFileError, DomainError) as error:
            raise CommandError(f"The demonstration was not loaded: {error}") from error
        if verbosity and is_new:
            self.stdout.write(
                "The demonstration is loaded. The sign-in page names its people; everybody's "
                f"password is “{DEMONSTRATION_PASSWORD}”."
            )
        elif verbosity:
            self.stdout.write("The demonstration is there already. Nothing was changed.")
