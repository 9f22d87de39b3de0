"""Settings of the site: one file, everything that differs per place comes from the environment.

In production (neither DEBUG nor HANDREIKING_DEMO) every missing secret stops the start with one clear line.
"""

import os
import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("HANDREIKING_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "een lange, willekeurige tekst die geheim blijft",
    "ALLOWED_HOSTS": "de namen van deze site, gescheiden door komma's",
    "SITE_URL": "het adres van deze site, voor de links in de mail",
    "DATABASE_URL": "het adres van PostgreSQL",
    "CELERY_BROKER_URL": "het adres van Redis",
    "EMAIL_URL": "het adres van de mailserver",
}


def stop_when_incomplete() -> None:
    """Ends the process with one line per missing setting, so that nothing half-configured ever runs."""
    missing = [name for name in REQUIRED_IN_PRODUCTION if not env.str(name, default="")]
    for name in missing:
        sys.stderr.write(f"Handreiking start niet: {name} ontbreekt ({REQUIRED_IN_PRODUCTION[name]}).\n")
    if missing:
        sys.exit(1)


if not (DEMO or DEBUG):
    stop_when_incomplete()

SECRET_KEY = env.str("SECRET_KEY", default="alleen-voor-demo-en-ontwikkeling-nooit-voor-echt-gebruik-0123456789")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "casussen",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handreiking.middleware.privacy_headers",
]

ROOT_URLCONF = "handreiking.urls"
WSGI_APPLICATION = "handreiking.wsgi.application"
ASGI_APPLICATION = "handreiking.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "handreiking.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://postgres@127.0.0.1:5432/handreiking")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A database that does not answer gives a page that says so, not a page that hangs.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts: e-mail and password. Staff get an account from their manager, nobody signs up.
AUTH_USER_MODEL = "casussen.Medewerker"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "handreiking.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "casussen:lijst"
LOGOUT_REDIRECT_URL = "account_login"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMO or DEBUG

# Mail. Every mail goes through the outbox (casussen/berichten); this only says how it leaves.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Handreiking <handreiking@handreiking.example>")
POSTVAK_DIR = VAR_DIR / "postvak"
if DEMO:
    EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
else:
    # Django's SMTP backend, but it tells the outbox what became of a mail when a connection breaks.
    smtp = "casussen.berichten.smtp.EmailBackend"
    vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25", backend=smtp))
EMAIL_TIMEOUT = 20

# Work in the background.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or "filesystem://"
if CELERY_BROKER_URL == "filesystem://":
    CELERY_QUEUE_DIR = VAR_DIR / "celery"
    (CELERY_QUEUE_DIR / "verwerkt").mkdir(parents=True, exist_ok=True)
    (CELERY_QUEUE_DIR / "wachtrij").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(CELERY_QUEUE_DIR / "wachtrij"),
        "data_folder_out": str(CELERY_QUEUE_DIR / "wachtrij"),
        "processed_folder": str(CELERY_QUEUE_DIR / "verwerkt"),
        "control_folder": str(CELERY_QUEUE_DIR / "besturing"),
        "store_processed": False,
    }
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    # Every minute: what is in the outbox leaves; also proves that the clock runs (/gezond/).
    "berichten-versturen": {"task": "casussen.tasks.verstuur_berichten", "schedule": 60},
    "hartslag": {"task": "casussen.tasks.hartslag", "schedule": 60},
    # Every working morning: reminders of evaluations that come or that were forgotten.
    "herinneringen": {"task": "casussen.tasks.herinneringen", "schedule": crontab(hour=7, minute=30)},
}

# Safety in the browser.
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with our own forms, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casussen.views.fouten.csrf"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
