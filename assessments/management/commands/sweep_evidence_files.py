"""Remove files of evidence that nothing points at, and ask again about those that are held."""

from django.core.management.base import BaseCommand

from assessments.domain.file_store import path_of, remove_orphans
from assessments.domain.scanning import ask_again
from assessments.enums import FileStatus
from assessments.models import EvidenceFile


class Command(BaseCommand):
    help = (
        "Remove files that no evidence points at and that are a day old, ask the virus scanner "
        "again about files that are held, and name files that are missing."
    )

    def handle(self, **options):
        kept = EvidenceFile.objects.exclude(status=FileStatus.REFUSED)
        missing = [name for name in kept.values_list("identity", flat=True) if not is_there(name)]
        for identity in missing:
            self.stderr.write(f"The file {identity} is missing. Restore it from a backup.")
        removed = remove_orphans(kept.values_list("identity", flat=True))
        self.stdout.write(f"Removed {removed} that nothing pointed at.")
        self.stdout.write(f"Asked the scanner again about {ask_again()}.")


def is_there(identity: str) -> bool:
    return path_of(identity).exists()
