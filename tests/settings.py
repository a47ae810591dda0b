"""The portal's own settings, with what a test run needs in the environment, and a quick hasher."""

import os

os.environ.setdefault("SPR_SECRET_KEY", "only-for-tests-3f9b1c7a5e2d8046-only-for-tests-9c4e7b1a")
os.environ.setdefault("SPR_HTTPS", "0")
os.environ.setdefault("SPR_ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from spr_portal.settings import *  # noqa: E402, F403  (after the environment is set)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
