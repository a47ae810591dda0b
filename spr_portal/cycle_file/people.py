"""The people of a cycle file: who is meant where one is named, and their accounts.

A person is named by email address, by the name of an entry of `people`, or by
a group of name, post and, if known, address. Who has no address gets a closed
account under one that can never receive mail (RFC 2606: `.invalid`), because
what somebody did must lead to a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.text import slugify

from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.reading import person_references
from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.models import Appointment, Force, User
from spr_portal.people.domain.common import record_about
from spr_portal.strict_yaml import Document, Problem

NOT_RECORDED = "Not recorded"  # who did something that the file does not tell


class People:
    """Who is who in one file. `check` first; `create` opens the accounts that are missing."""

    def __init__(self, document: Document, force: Force | None):
        self.document = document
        self.code = document.data["force"]["code"]
        self.force = force
        self.entries: list[dict] = document.data.get("people", [])
        self.accounts: dict[str, User] = (
            {person.email: person for person in force.people.all()} if force else {}
        )
        self.names: dict[str, list[str]] = {}
        for entry in self.entries:
            self.names.setdefault(entry["name"], []).append(self._address_of_entry(entry))

    # --- before anything is written

    def check(self) -> Iterator[Problem]:
        yield from self._check_entries()
        known = {self._address_of_entry(entry) for entry in self.entries} | set(self.accounts)
        for path, reference in person_references(self.document.data):
            address = self.address(reference)
            if address is None:
                yield self.document.problem(
                    path,
                    f"“{reference}” is the name of {self._how_many(reference)} in people; expected "
                    "an email address, the name of exactly one of them, or a name and post.",
                )
            elif address not in known and _has_address(reference):
                yield self.document.problem(
                    path,
                    f"nobody has the address {address}; expected one that stands in people or "
                    "belongs to somebody of the force.",
                )

    def _check_entries(self) -> Iterator[Problem]:
        first: dict[str, int] = {}
        for index, entry in enumerate(self.entries):
            address = self._address_of_entry(entry)
            place = ("people", index, "email" if "email" in entry else "name")
            if address in first:
                yield self.document.problem(
                    place, f"{address} stands here twice; the first is people[{first[address]}]."
                )
            first.setdefault(address, index)
            if address not in self.accounts and User.objects.filter(email=address).exists():
                yield self.document.problem(place, f"the address {address} cannot be used here.")
            for number, row in enumerate(entry.get("appointments", [])):
                yield from self._check_appointment(row, ("people", index, "appointments", number))

    def _check_appointment(self, row: dict, path: tuple) -> Iterator[Problem]:
        if (row["role"] in THREAT_ROLES) != ("threat" in row):
            reason = (
                "“threat” is missing; this role is for one threat."
                if row["role"] in THREAT_ROLES
                else "this role is for the whole force; leave out the threat."
            )
            yield self.document.problem(path, reason)
        if "acting_for" in row and (row["role"] != Role.FORCE_LEAD or "to" not in row):
            yield self.document.problem(
                (*path, "acting_for"), "only a force lead acts for another, until a last day (to)."
            )
        if "to" in row and row["to"] < row["from"]:
            yield self.document.problem(
                (*path, "to"), f"expected a date from {row['from']} on; found {row['to']}."
            )

    def _how_many(self, name: str) -> str:
        count = len(self.names.get(name, ()))
        return f"{count} people" if count else "nobody"

    def address(self, reference: str | dict) -> str | None:
        """The address of who is meant; None when a name is not that of exactly one person."""
        if isinstance(reference, dict):
            if "email" in reference:
                return reference["email"].lower()
            found = self.names.get(reference["name"], [])
            return found[0] if len(found) == 1 else self._made_up(reference["name"])
        if "@" in reference:
            return reference.lower()
        found = self.names.get(reference, [])
        return found[0] if len(found) == 1 else None

    def _address_of_entry(self, entry: dict) -> str:
        return entry["email"].lower() if "email" in entry else self._made_up(entry["name"])

    def _made_up(self, name: str) -> str:
        local = slugify(name)[:100] or hashlib.sha256(name.encode()).hexdigest()[:12]
        return f"{local}@{self.code.lower()}.invalid"

    # --- in the transaction

    def create(self, force: Force) -> None:
        """Open an account for each entry that has none. One that is there stays as it is."""
        self.force = force
        opened: list[tuple[User, dict]] = []
        for entry in self.entries:
            address = self._address_of_entry(entry)
            if address in self.accounts:
                continue
            has_address = "email" in entry
            person = self._open(
                address,
                name=entry["name"],
                post=entry.get("post", ""),
                is_active=entry.get("active", has_address),
                joined_at=entry.get("joined_at"),
            )
            opened += [(person, row) for row in entry.get("appointments", [])]
        for person, row in opened:  # once everybody is there: some act for others
            self._appoint(person, row)

    def user(self, reference: str | dict | None) -> User:
        """Whoever is meant, with an account opened if need be; None is who is not recorded."""
        if reference is None:
            reference = {"name": NOT_RECORDED}
        address = self.address(reference)
        if address not in self.accounts:
            self._open(
                address,
                name=reference["name"],
                post=reference.get("post", ""),
                is_active=False,
                joined_at=None,
            )
        return self.accounts[address]

    def by_value(self, reference: str | dict | None) -> dict[str, str]:
        """`by_name` and `by_post`, as they stood then."""
        person = self.user(reference)
        if isinstance(reference, dict):
            return {"by_name": reference["name"], "by_post": reference.get("post", person.post)}
        return {"by_name": person.name, "by_post": person.post}

    def _open(self, address: str, *, joined_at: str | None, **fields) -> User:
        if joined_at:
            fields["joined_at"] = read_time(joined_at)
        person = User.objects.create_user(address, None, force=self.force, **fields)
        record_about(person, action="person.added", by=None, details={"post": person.post})
        self.accounts[address] = person
        return person

    def _appoint(self, person: User, row: dict) -> None:
        appointment = Appointment.objects.create(
            person=person,
            role=row["role"],
            threat_code=row.get("threat", ""),
            starts_on=row["from"],
            ends_on=row.get("to"),
            acting_for=self.user(row["acting_for"]) if "acting_for" in row else None,
        )
        record_about(
            person,
            action="person.appointed",
            by=None,
            details={
                "role": appointment.role,
                "threat": appointment.threat_code,
                "starts_on": appointment.starts_on,
                "ends_on": appointment.ends_on,
            }
            | ({"acting_for": appointment.acting_for.name} if appointment.acting_for else {}),
        )


def _has_address(reference: str | dict) -> bool:
    return "email" in reference if isinstance(reference, dict) else "@" in reference
