"""The Celery app: finds the tasks of the installed apps and reads its settings from Django's."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handreiking.settings")

app = Celery("handreiking")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
