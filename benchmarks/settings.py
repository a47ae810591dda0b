"""The portal's own settings, with the floor page among its addresses."""

from spr_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor"
