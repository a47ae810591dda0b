from django.core.management.base import BaseCommand, CommandError

from reports.domain.verifying import (
    PublicationBroken,
    verify_issue,
    verify_nothing_gone,
    verify_tables,
)
from reports.models import IssuedPaper


class Command(BaseCommand):
    help = (
        "Check that every issued paper is still what was issued: the stored bytes, their sums, "
        "the manifest, the document, that none is gone, and that the database refuses changes. "
        "Names the first thing that is wrong and ends with the status 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", metavar="CODE", help="papers of one force: wmp")
        parser.add_argument("--year", help="papers of one year: 2016-17")
        parser.add_argument("--number", type=int, help="one issue of each paper")
        parser.add_argument("--all", action="store_true", help="every issued paper")

    def handle(self, *args, **options):
        asked = {name: options[name] for name in ("year", "number") if options[name] is not None}
        if options["force"]:
            asked["force__code"] = options["force"]
        if not asked and not options["all"]:
            raise CommandError(
                "Say which papers to check: --force CODE, --year 2016-17, --number 1, or --all."
            )
        issues = IssuedPaper.objects.filter(**asked).select_related("force", "supersedes")
        try:
            verify_tables()
            verify_nothing_gone(
                force=options["force"] or "",
                year=options["year"] or "",
                number=options["number"],
            )
        except PublicationBroken as fault:
            raise CommandError(str(fault)) from None
        checked = self._check(issues.order_by("force__code", "year", "kind", "number"))
        if not checked:
            raise CommandError("No issued paper was found for that, so nothing was checked.")
        number = "1 issue" if checked == 1 else f"{checked} issues"
        self.stdout.write(f"All of it is as it was issued: {number} checked.")

    def _check(self, issues) -> int:
        """How many were checked; one after another, as each holds all its files."""
        checked = 0
        for issued in issues.iterator(chunk_size=1):
            name = f"{issued.force.code}-{issued.address}, issue {issued.number}"
            try:
                number = verify_issue(issued)
            except PublicationBroken as fault:
                raise CommandError(f"{name}: {fault}") from None
            note = "" if issued.manifest else "; it was issued without a manifest"
            self.stdout.write(f"{name}: {number} files are as issued{note}")
            checked += 1
        return checked
