from django.core.management.base import BaseCommand, CommandError

from spr_portal.identity.exceptions import Refused
from spr_portal.people.domain.forces import found_force
from spr_portal.people.domain.invitations import password_link


class Command(BaseCommand):
    help = "Add a force with its first administrator, and print the link to set a password."

    def add_arguments(self, parser):
        parser.add_argument("--code", required=True, help="short and permanent, such as wmp")
        parser.add_argument("--name", required=True, help="such as West Midlands Police")
        parser.add_argument("--short-name", required=True, help="such as WMP")
        parser.add_argument("--board-name", required=True, help="the board the paper goes to")
        parser.add_argument("--administrator-name", required=True)
        parser.add_argument("--administrator-email", required=True)

    def handle(self, *args, **options):
        fields = ("code", "name", "short_name", "board_name")
        try:
            person = found_force(
                administrator_name=options["administrator_name"],
                administrator_email=options["administrator_email"],
                **{field: options[field].strip() for field in fields},
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{person.force} has been added; {person.name} is its administrator.\n"
            "This link, good once and for three days, sets their password:\n"
            f"{password_link(person)}"
        )
