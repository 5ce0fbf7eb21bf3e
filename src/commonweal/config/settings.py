"""Django's settings, read from top to bottom; what differs between servers is environment."""

from pathlib import Path

from commonweal.config import database, environment

ENVIRONMENT = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
SECRET_KEY = ENVIRONMENT.secret_key or "only for the demo city, never for a server with real money"
FIELD_KEYS = [key for key in ENVIRONMENT.field_keys.split(",") if key] or [SECRET_KEY]
ALLOWED_HOSTS = [host for host in ENVIRONMENT.hosts.split(",") if host] or ["127.0.0.1", "localhost"]
ADDRESS = ENVIRONMENT.address.rstrip("/")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "procrastinate.contrib.django",
    "commonweal.ledger",
    "commonweal.activity",
    "commonweal.places",
    "commonweal.people",
    "commonweal.conversations",
    "commonweal.collectives",
    "commonweal.hosting",
    "commonweal.payments",
    "commonweal.rails.sandbox",
    "commonweal.giving",
    "commonweal.spending",
    "commonweal.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "commonweal.config.urls"
WSGI_APPLICATION = "commonweal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": database.settings_for(
        ENVIRONMENT.database_url or database.start_embedded(ENVIRONMENT.data / "postgres")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Login"

LANGUAGE_CODE = ENVIRONMENT.languages.split(",")[0]
LANGUAGES = [
    (code, name)
    for code, name in (("en", "English"), ("fr", "Français"), ("nl", "Nederlands"))
    if code in ENVIRONMENT.languages.split(",")
]
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [SOURCE / "web" / "static"]
MEDIA_URL = "/files/"
MEDIA_ROOT = ENVIRONMENT.data / "files"

# Each is the dotted path of a rail; a package may bring its own.
PAYMENT_RAILS = ["commonweal.rails.manual.rail.BankTransfer"]
if DEMO:
    PAYMENT_RAILS += ["commonweal.rails.sandbox.rail.SandboxCard"]
