"""The portal's settings, with the floor among its addresses."""

from ctg_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
