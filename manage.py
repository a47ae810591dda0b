#!/usr/bin/env python
"""Run a command of the portal: `python manage.py help` lists them."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018  (reads the settings)
    except ImproperlyConfigured as refusal:
        sys.exit(f"The portal cannot start. {refusal}")
    execute_from_command_line(sys.argv)
