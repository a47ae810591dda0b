import re

from django.core.management.base import BaseCommand, CommandError

from spr_portal.audit.verifying import AuditBroken, Head, verify


class Command(BaseCommand):
    help = (
        "Check that nobody changed, deleted or added an event of the audit behind the portal's "
        "back, and print its head. Send the head somewhere the database's owner cannot reach."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", metavar="SEQ:HASH", help="a head printed earlier")

    def handle(self, *args, **options):
        kept = _head(options["head"]) if options["head"] else None
        try:
            head = verify(kept=kept)
        except AuditBroken as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"The audit is whole: {head.sequence} events.\nHead: {head}")


def _head(text: str) -> Head:
    if not re.fullmatch(r"\d{1,18}:[0-9a-f]{64}", text):
        raise CommandError("--head is not a head: give it as this command printed it, SEQ:HASH.")
    sequence, _, hash_ = text.partition(":")
    return Head(int(sequence), hash_)
