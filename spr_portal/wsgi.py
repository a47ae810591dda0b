"""The portal for a WSGI server: `gunicorn spr_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
application = get_wsgi_application()
