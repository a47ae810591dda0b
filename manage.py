#!/usr/bin/env python
"""Run a command of the portal: `python manage.py help` lists them."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    own_python = ROOT / ".venv" / "bin" / "python"
    if not find_spec("django") and own_python.exists():
        os.execv(own_python, [str(own_python), *sys.argv])  # noqa: S606  our own Python
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
    use_local_settings()
    # Found only by .venv's Python:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  (reads the settings)
    except ImproperlyConfigured as refusal:
        sys.exit(f"The portal cannot start. {refusal}")
    execute_from_command_line(sys.argv)


def use_local_settings() -> None:
    """Work on the portal script/server made here, unless the environment describes another.

    A force's portal always names its key, so what stands in local.env never reaches it.
    """
    if os.environ.get("SPR_SECRET_KEY") or os.environ.get("SPR_SECRET_KEY_FILE"):
        return
    settings = Path(os.environ.get("SPR_DATA_DIR") or ROOT / "var") / "local.env"
    if settings.exists():
        for line in settings.read_text().splitlines():
            name, _, value = line.partition("=")
            os.environ.setdefault(name, value)


if __name__ == "__main__":
    main()
