"""Django's settings, read from top to bottom; what differs between servers is environment."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from commonweal.config import addresses, environment

ENVIRONMENT = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
# Left empty where nothing was said: Django then refuses to sign, and servers refuse to start.
SECRET_KEY = ENVIRONMENT.secret_key
FIELD_KEYS = environment.listed(ENVIRONMENT.field_keys)
ALLOWED_HOSTS = environment.listed(ENVIRONMENT.hosts)
ADDRESS = ENVIRONMENT.address.rstrip("/")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "commonweal.ledger",
    "commonweal.activity",
    "commonweal.transparency",
    "commonweal.places",
    "commonweal.people",
    "commonweal.conversations",
    "commonweal.collectives",
    "commonweal.hosting",
    "commonweal.payments",
    "commonweal.rails.manual",
    "commonweal.rails.sepa",
    "commonweal.rails.sandbox",
    "commonweal.giving",
    "commonweal.spending",
    "commonweal.knowledge",
    "commonweal.discovery",
    "commonweal.banking",
    "commonweal.papers",
    "commonweal.importing",
    "commonweal.mail",
    "commonweal.web",
]

MIDDLEWARE = [
    "commonweal.web.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "commonweal.web.middleware.KeepingMiddleware",
    "commonweal.web.instance.first_run.FirstRunMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonweal.web.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commonweal.web.middleware.RefusedMiddleware",
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
                "commonweal.web.context.site",
            ]
        },
    }
]

DATABASES = {
    "default": addresses.database(
        ENVIRONMENT.database_url or addresses.embedded_database(ENVIRONMENT.data)
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = ["commonweal.worker.schedule"]

# Limits on signing in must hold for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
AUTH_USER_MODEL = "people.Login"

# Nobody has a password: a mailed code or a passkey signs in, an authenticator app locks twice.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_ADAPTER = "commonweal.web.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # no login exists before a code proved its address
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key", "login_failed": "30/m/ip"}
MFA_ADAPTER = "commonweal.web.people.adapters.SecondLockAdapter"
MFA_FORMS = {
    "add_webauthn": "commonweal.web.people.passkeys.AddForm",
    "authenticate_webauthn": "commonweal.web.people.passkeys.SecondLockForm",
    "login_webauthn": "commonweal.web.people.passkeys.SignInForm",
    "reauthenticate_webauthn": "commonweal.web.people.passkeys.ConfirmForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ADDRESS.startswith("https://")  # localhost only

LANGUAGE_CODE = environment.listed(ENVIRONMENT.languages)[0]
LANGUAGES = [
    (code, name)
    for code, name in (("en", "English"), ("fr", "Français"), ("nl", "Nederlands"))
    if code in environment.listed(ENVIRONMENT.languages)
]
LANGUAGE_COOKIE_NAME = "lang"
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [SOURCE / "web" / "static"]
MEDIA_URL = "/files/"
MEDIA_ROOT = ENVIRONMENT.data / "files"
LOG_KEY = Path(ENVIRONMENT.log_key or ENVIRONMENT.data / "log.key")
# What the nightly audit remembers of the night before.
AUDIT_MEMORY = LOG_KEY.with_name("audit")
# Where banks' statements are dropped, if anywhere.
STATEMENTS = Path(ENVIRONMENT.statements) if ENVIRONMENT.statements else None
# The word that opens the first page of an empty server.
FIRST_RUN_TOKEN = ENVIRONMENT.data / "first-run-token"
# Names with a hash once `commonweal serve` has collected them; straight from the source until then.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = not COLLECTED
STORAGES = {
    "default": addresses.file_store(ENVIRONMENT.files_url, MEDIA_ROOT),
    "log": addresses.public_store(ENVIRONMENT.log_url, ENVIRONMENT.data / "log"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

MAILERS = {"default": addresses.mailer(ENVIRONMENT.mail_url, demo=DEMO)}
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or f"Commonweal <no-reply@{urlsplit(ADDRESS).hostname}>"

HTTPS = ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
CSRF_TRUSTED_ORIGINS = [ADDRESS]
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commonweal.web.errors.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# To the terminal, where the service manager keeps it. No bodies, cookies or addresses of readers.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "commonweal": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

# Each is the dotted path of a rail; a package may bring its own.
PAYMENT_RAILS = [
    "commonweal.rails.manual.rail.BankTransfer",
    "commonweal.rails.sepa.rail.DirectDebit",
]
if DEMO:
    PAYMENT_RAILS += ["commonweal.rails.sandbox.rail.SandboxCard"]
# The kinds of files by which a bank is asked to pay, the usual one first.
PAYOUT_FILES = [
    "commonweal.rails.sepa.pain001.CreditTransfer09",
    "commonweal.rails.sepa.pain001.CreditTransfer03",
]
# The kinds of files by which a bank is asked to collect.
DEBIT_FILES = [
    "commonweal.rails.sepa.pain008.DirectDebit08",
    "commonweal.rails.sepa.pain008.DirectDebit02",
]
