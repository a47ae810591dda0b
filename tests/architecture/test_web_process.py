"""What a web process carries: it answers requests, and never draws a PDF."""

import json
import os
import subprocess
import sys

from django.conf import settings

ANSWER_ONE_REQUEST = """
import json, sys
from django.test import RequestFactory
from spr_portal.wsgi import application

statuses = []
for path in ("/health/", "/accounts/login/", "/"):
    environ = RequestFactory().get(path).environ
    b"".join(application(environ, lambda status, headers, *rest: statuses.append(status)))
print(json.dumps({"statuses": statuses, "modules": sorted(sys.modules)}))
"""


def test_web_process_answers_without_weasyprint(tmp_path):
    answered = subprocess.run(
        [sys.executable, "-c", ANSWER_ONE_REQUEST],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "spr_portal.settings", "SPR_DATA_DIR": str(tmp_path)}
        | {"SPR_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    told = json.loads(answered.stdout)

    assert len(told["statuses"]) == 3
    assert [name for name in told["modules"] if name.split(".")[0] in {"weasyprint", "docx"}] == []
