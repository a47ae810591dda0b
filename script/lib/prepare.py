"""Bring the records of a local portal up to date, in one process: script/server calls this.

Every step may be done again. One process instead of one for each command, because starting
Django costs more than most of the steps.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "spr_portal.settings"
    import django  # after the settings are named
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError

    try:
        django.setup()
        for title, command, options in steps():
            run(title, command, options)
    except (CommandError, ImproperlyConfigured) as error:
        print(f"{error}", file=sys.stderr)
        return 1
    return 0


def steps():
    """Yield (title, command, options), each decided when the one before is done."""
    from django.conf import settings  # the settings must be loaded

    yield "Bringing the database up to date", "migrate", {"interactive": False, "verbosity": 0}
    yield "Loading the editions of the requirement", "load_editions", {}
    yield "Loading the templates of the board paper", "load_paper_templates", {}
    if settings.DEMONSTRATION and not has_a_force():
        yield "Loading the demonstration", "load_demonstration", {}


def has_a_force() -> bool:
    from spr_portal.identity.models import Force  # the apps must be loaded

    return Force.objects.exists()


def run(title: str, command: str, options: dict) -> None:
    from django.core.management import call_command, get_commands  # the apps must be loaded

    if command not in get_commands():
        return
    print(f"==> {title}", flush=True)
    started = time.monotonic()
    call_command(command, **options)
    if time.monotonic() - started > 1:
        print(f"    took {time.monotonic() - started:.0f} seconds", flush=True)


if __name__ == "__main__":
    sys.exit(main())
