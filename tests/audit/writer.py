"""A process that records many events: `python -m tests.audit.writer NAME COUNT`."""

import sys

import django


def main(name: str, count: int) -> None:
    django.setup()
    from django.db import transaction

    from spr_portal.audit.recording import record

    for number in range(count):
        with transaction.atomic():
            record(action="test.written", subject=name, by=None, force=None, details={"n": number})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
