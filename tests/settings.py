"""The portal's own settings, with what a test run needs in the environment, and a quick hasher.

SPR_TEST_DATABASE=postgresql runs the tests on a PostgreSQL server started for them; a ready
server can be named by SPR_DATABASE_URL. Otherwise they run on SQLite.
"""

import atexit
import os
import tempfile

from tests import postgres

if "PYTEST_XDIST_WORKER" not in os.environ:
    # One folder and one server for the whole run; xdist's workers inherit both.
    _folder = tempfile.TemporaryDirectory(prefix="spr-test-")
    atexit.register(_folder.cleanup)
    os.environ["SPR_DATA_DIR"] = _folder.name
    if os.environ.get("SPR_TEST_DATABASE") == "postgresql" and not os.environ.get(
        "SPR_DATABASE_URL"
    ):
        os.environ["SPR_DATABASE_URL"] = postgres.start()

os.environ["SPR_SECRET_KEY"] = "only-for-tests-3f9b1c7a5e2d8046-only-for-tests-9c4e7b1a"
os.environ.pop("SPR_SECRET_KEY_FILE", None)
os.environ["SPR_HTTPS"] = "0"
os.environ["SPR_DEBUG"] = "0"
os.environ["SPR_DEMONSTRATION"] = "0"
os.environ["SPR_ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"

from spr_portal.settings import *  # noqa: F403  (the environment must be set first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
