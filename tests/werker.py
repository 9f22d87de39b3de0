"""The site's settings, for a worker of a test that shares a broker with others: a queue under a name of its own."""

import os

from handreiking.settings import *  # noqa: F403

if os.environ["TEST_WACHTRIJ"]:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": os.environ["TEST_WACHTRIJ"]}
