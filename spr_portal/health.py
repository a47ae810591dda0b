"""Whether the portal can work, for monitoring: no sign-in, no details."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse

logger = logging.getLogger(__name__)


@login_not_required
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return HttpResponse("The portal is not working.\n", "text/plain", status=503)
    return HttpResponse("The portal is working.\n", "text/plain")
