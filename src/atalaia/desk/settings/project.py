"""The desk as a Django project: everything that Django asks, answered in one place."""

import os
from pathlib import Path
from typing import Any

from atalaia.desk.settings.databases import database_of
from atalaia.desk.settings.installation import Installation, read_installation

INSTALLATION: Installation = read_installation()
DESK = Path(__file__).resolve().parents[1]

SECRET_KEY = INSTALLATION.signing_key.hex()
AUDIT_KEY = INSTALLATION.audit_key
AUDIT_HEADS = INSTALLATION.heads_file
CLOCK = INSTALLATION.clock
SECOND_FACTOR_KEY = INSTALLATION.second_factor_key
DEBUG = False
ALLOWED_HOSTS = [INSTALLATION.host, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [INSTALLATION.url]
FORM_TARGETS = INSTALLATION.provider_origins
CSRF_FAILURE_VIEW = "atalaia.desk.shell.refusals.form_expired"
ROOT_URLCONF = "atalaia.desk.urls"
ASGI_APPLICATION = "atalaia.desk.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

INSTALLED_APPS = [
    "atalaia.desk.shell",
    "atalaia.desk.accounts",
    "atalaia.desk.audit",
    "atalaia.desk.rooms.today",
    "atalaia.desk.saved_views",
    "atalaia.desk.rooms.patrol",
    "atalaia.desk.casework",
    "atalaia.desk.rooms.people",
    "atalaia.desk.api",
    "atalaia.desk.running",
    "atalaia.desk.rooms.metrics",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "atalaia.desk.shell.requests.numbered",
    "atalaia.desk.shell.speech.spoken",
    "atalaia.desk.shell.drafts.drafted",
    "atalaia.desk.api.edge.for_machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "atalaia.desk.accounts.sign_in.signed_in",
    "atalaia.desk.shell.refusals.refused",
    "atalaia.desk.shell.plain_text.plain_text",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atalaia.desk.shell.context.of_the_page",
            ],
            "builtins": [
                "atalaia.desk.shell.templatetags.words",
                "atalaia.desk.shell.templatetags.parts",
            ],
        },
    }
]

DATABASES = {"default": database_of(INSTALLATION)}

# The reader's language comes from `shell.speech`; Django's own words follow it.
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt-br", "Português")]

STATIC_URL = "/static/"
# Assets are served from the package as they are; nothing has to be collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "atalaia.desk.accounts.sign_in.DeskAccounts"
SOCIALACCOUNT_ADAPTER = "atalaia.desk.accounts.sign_in.DeskSingleSignOn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    name: f"atalaia.desk.accounts.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "reauthenticate": "ReauthenticateForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
    }.items()
}
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Atalaia"
MFA_ADAPTER = "atalaia.desk.accounts.second_factor.SecondFactor"
MFA_FORMS = {
    name: f"atalaia.desk.accounts.forms.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeReauthenticateForm",
        "activate_totp": "ActivateForm",
        "deactivate_totp": "DeactivateForm",
        "generate_recovery_codes": "NewCodesForm",
    }.items()
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider.key,
                "name": provider.name,
                "client_id": provider.client_id,
                "secret": os.environ.get(provider.secret_variable, ""),
                "settings": {
                    "server_url": provider.url,
                    # What the provider says of itself cannot change who it is.
                    "openid_configuration_overrides": {"issuer": provider.url},
                },
            }
            for provider in INSTALLATION.providers
        ],
    }
}

API_CALLS_A_MINUTE = 600

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = INSTALLATION.is_secure
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "atalaia_session"
CSRF_COOKIE_NAME = "atalaia_csrf"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if INSTALLATION.is_secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(INSTALLATION.records / "mail")
if INSTALLATION.mail_server:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, _, EMAIL_PORT = INSTALLATION.mail_server.partition(":")
DEFAULT_FROM_EMAIL = INSTALLATION.sender

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "desk_cache",
        # Counts of failed sign-ins lie here: many other counts must not push one out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "atalaia.desk.shell.log_lines.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {"atalaia": {"level": "INFO"}},
}
