"""What makes the files of a paper, loaded once for many.

`reports.domain.rendering` forks a process for each file from one that has
imported this. It has no business with the database.
"""

from __future__ import annotations

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
if not apps.ready:
    django.setup()

from reports.document import from_json
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf

RENDERERS = {"docx": render_docx, "html": render_html, "pdf": render_pdf}


def made(document: str, format: str) -> bytes:
    """The file of a paper, given as JSON; MemoryError or whatever its renderer raises."""
    return RENDERERS[format](from_json(document))
