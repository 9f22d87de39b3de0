"""The site. Importing it makes the Celery app known, so that tasks always find their broker."""

from handreiking.celery import app as celery_app

__version__ = "0.3.0"

__all__ = ["celery_app"]
