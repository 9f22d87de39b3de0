"""Settings of the site: one file, everything that differs per place comes from the environment.

In production (neither DEBUG nor HANDREIKING_DEMO) every missing secret stops the start with one clear line.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from django_guid.integrations import CeleryIntegration

from handreiking import logs

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
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
if MAIL_PROVIDER:
    del REQUIRED_IN_PRODUCTION["EMAIL_URL"]
    REQUIRED_IN_PRODUCTION["ANYMAIL"] = "wat de aanbieder van de mail (MAIL_PROVIDER) u gaf, als JSON"
if env.str("OIDC_ISSUER", default=""):
    REQUIRED_IN_PRODUCTION |= {
        "OIDC_CLIENT_ID": "de naam van deze site bij de aanbieder van de werkaccounts",
        "OIDC_CLIENT_SECRET": "het geheim van deze site bij de aanbieder van de werkaccounts",
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
# Earlier keys: what was made with them still works, such as the second step of everybody.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_OUD", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "casussen.beheer.apps.BeheerConfig",
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
    "django_guid",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "handreiking.apps.SiteConfig",
    "casussen",
]

MIDDLEWARE = [
    "handreiking.middleware.safe_headers",
    "handreiking.middleware.known_request_number",
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    # What is below is about pages. Headers of it on every file would be a tenth of what a page on a phone may weigh.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "handreiking.middleware.no_device",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "handreiking.middleware.CompressLinkPages",
    "handreiking.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casussen.session.session_ends",
    "handreiking.middleware.words_for_405",
    "handreiking.middleware.people_only",
    "handreiking.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handreiking.tweede_stap.tweede_stap_verplicht",
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
# Only for `manage.py rechten_database`: the password of the role with which the application connects.
DATABASE_ROL_WACHTWOORD = env.str("DATABASE_ROL_WACHTWOORD", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts: e-mail and password. Staff get an account from their manager, nobody signs up.
AUTH_USER_MODEL = "casussen.Medewerker"
# Django's own backend too would check every password twice; this one knows permissions as well.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["naam", "email"]},
    },
    {"NAME": "handreiking.wachtwoorden.LangGenoeg", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "handreiking.wachtwoorden.NietTeRaden"},
    {"NAME": "handreiking.wachtwoorden.NietGelekt"},
]
# A sorted list of the SHA-1 of leaked passwords on this machine; nothing is ever asked over the network.
GELEKTE_WACHTWOORDEN = env.str("GELEKTE_WACHTWOORDEN", default="")
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "handreiking.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "change_password": "handreiking.formulieren.WachtwoordForm",
    "reset_password": "handreiking.formulieren.VergetenForm",
    "reset_password_from_key": "handreiking.formulieren.NieuwWachtwoordForm",
}
# The address of an account stands in one place, so a token needs no list of addresses.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Failed tries count per address and, in handreiking/account.py, per account *and* address: whoever tries the account
# of somebody else stands before a closed door, and the owner does not.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/5m/key", "reset_password": "20/m/ip"}
# How many proxies stand before this site; only so many addresses of X-Forwarded-For are believed.
VERTROUWDE_PROXIES = env.int("VERTROUWDE_PROXIES", default=0)

# The second step of signing in. Whoever has none yet sets it up first (handreiking/tweede_stap.py).
MFA_VERPLICHT = not (DEMO or DEBUG)
MFA_ADAPTER = "handreiking.account.MfaAdapter"
MFA_FORMS = {
    "login_webauthn": "handreiking.passkeyformulieren.InlogForm",
    "authenticate_webauthn": "handreiking.passkeyformulieren.TweedeStapForm",
    "reauthenticate_webauthn": "handreiking.passkeyformulieren.OpnieuwForm",
    "add_webauthn": "handreiking.passkeyformulieren.ErbijForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Handreiking"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the manager gave the address
# The municipality's own accounts, through OpenID Connect (handreiking/werkaccount.py); without an issuer it is off.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://") and not (DEMO or DEBUG):
    # What the provider tells us is believed because we asked it over a connection that shows who it is.
    sys.exit("Handreiking start niet: OIDC_ISSUER begint niet met https://.")
OIDC_NAAM = env.str("OIDC_NAAM", default="Inloggen met je werkaccount")
OIDC_MFA = env.bool("OIDC_MFA", default=False)
OIDC_GROEPEN = env.json("OIDC_GROEPEN", default={})
OIDC_GROEPEN_CLAIM = env.str("OIDC_GROEPEN_CLAIM", default="groups")
SOCIALACCOUNT_ADAPTER = "handreiking.werkaccount.WerkaccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "werkaccount",
            "name": OIDC_NAAM,
            "client_id": env.str("OIDC_CLIENT_ID", default=""),
            "secret": env.str("OIDC_CLIENT_SECRET", default=""),
            "settings": {"server_url": OIDC_ISSUER},
        }
    ]
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
# collectstatic also writes each file compressed; whitenoise sends that to whoever can read it.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Mail. Every mail goes through the outbox (casussen/berichten); this only says how it leaves.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Handreiking <handreiking@handreiking.example>")
POSTVAK_DIR = VAR_DIR / "postvak"
# A provider (MAIL_PROVIDER: the name of a backend of django-anymail) or SMTP; handreiking/aanbieder.py looks it over.
try:
    ANYMAIL: dict[str, Any] = {**json.loads(env.str("ANYMAIL", default="") or "{}")}
except (TypeError, ValueError):
    sys.exit("Handreiking start niet: ANYMAIL is geen JSON met accolades.")
# What a provider does not know, such as not to follow links, does not stop the mail.
ANYMAIL["IGNORE_UNSUPPORTED_FEATURES"] = True
# Where reports of mail that did not arrive come in: imaps://user:password@host/INBOX. Empty: nowhere.
BOUNCES_URL = env.str("BOUNCES_URL", default="")
if BOUNCES_URL and not BOUNCES_URL.startswith("imaps://") and not (DEMO or DEBUG):
    sys.exit("Handreiking start niet: BOUNCES_URL begint niet met imaps://.")
if DEMO:
    EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
elif MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
else:
    # Django's SMTP backend, but it tells the outbox what became of a mail when a connection breaks.
    smtp = "casussen.berichten.smtp.EmailBackend"
    vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25", backend=smtp))
EMAIL_TIMEOUT = 20

# The public keys of age that a backup is made for, when the command does not say (manage.py reservekopie).
RESERVEKOPIE_SLEUTEL = env.str("RESERVEKOPIE_SLEUTEL", default="")

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
    # Every night: the closing seals of the log leave the database (docs/beheer.md).
    "logzegels": {"task": "casussen.tasks.bewaar_logzegels", "schedule": crontab(hour=0, minute=15)},
    "sessies": {"task": "casussen.tasks.ruim_sessies_op", "schedule": crontab(hour=3, minute=30)},
    # Every working morning: who did not answer yet. Before the reminders, so that it goes along in the same mail.
    "najagen": {"task": "casussen.tasks.najagen", "schedule": crontab(hour=7, minute=20)},
    # Every working morning: reminders of evaluations that come or that were forgotten.
    "herinneringen": {"task": "casussen.tasks.herinneringen", "schedule": crontab(hour=7, minute=30)},
    # Every morning: who becomes 12, 16 or 18 within 30 days.
    "leeftijden": {"task": "casussen.tasks.leeftijden", "schedule": crontab(hour=7, minute=15)},
    # Every night: closed casussen get their date, ask for a decision, or go.
    "bewaren": {"task": "casussen.tasks.bewaren", "schedule": crontab(hour=4, minute=15)},
}
if BOUNCES_URL:
    # Mail that came back is shown within a minute.
    CELERY_BEAT_SCHEDULE["bounces"] = {"task": "casussen.tasks.lees_bounces", "schedule": 30}

# What several processes must know of each other: how often somebody tried, which codes are used.
CACHE_URL = env.str("CACHE_URL", default=CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else "")
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "handreiking",
    }

# Safety in the browser.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not "no-referrer": browsers then send "Origin: null" with our own forms, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A session ends after so many minutes without anything done (casussen/session.py), in the demo too; and always
# when the browser closes or half a day has passed.
SESSIE_MINUTEN = env.int("SESSIE_MINUTEN", default=15)
SESSIE_HOOGSTENS = 12 * 3600
SESSION_COOKIE_AGE = SESSIE_MINUTEN * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
# Not "Strict": whoever comes from a link in a mail would seem not to be signed in.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "casussen.views.fouten.csrf"
MESSAGE_STORAGE = "handreiking.middleware.MessageStorage"
MESSAGE_COOKIE_NAME = "meldingen"
# Which browser a mailed link belongs to (casussen/views/taakdeur.py).
LINK_COOKIE_NAME = "link"
# The most that one request may hold, in bytes: texts, and with a photo (casussen/forms/foto.py says what that may be).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
VERZOEK_HOOGSTENS = 12_000_000
HTTPS = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": [r"^gezond/$"],
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    # A browser accepts these names only for this very host, over https.
    "SESSION_COOKIE_NAME": "__Host-sessie",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "MESSAGE_COOKIE_NAME": "__Host-meldingen",
    "LINK_COOKIE_NAME": "__Host-link",
}
if SITE_URL.startswith("https://"):
    vars().update(HTTPS)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Signing in with the work account leads, after our own form, to the provider.
        "form-action": [SELF, *(["/".join(OIDC_ISSUER.split("/")[:3])] if OIDC_ISSUER else [])],
    }
}

# Every request has a number, also in the log; a uuid that a proxy of the operator sends is kept.
DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [CeleryIntegration(use_django_logging=True)],
}
LOGGING = logs.config(level=os.environ.get("LOG_LEVEL", "INFO"), human=DEMO or DEBUG)
