"""The portal for a WSGI server: `gunicorn spr_portal.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from spr_portal.env import SettingRefused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
if settings.HTTPS and not (settings.STATIC_ROOT / "staticfiles.json").exists():
    raise SettingRefused(
        "The style sheets have not been collected, and no page could be drawn without them. "
        "Run: python manage.py collectstatic --noinput"
    )
application = get_wsgi_application()
