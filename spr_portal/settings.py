"""The settings of the portal. What differs between deployments comes from the environment.

SPR_SECRET_KEY or SPR_SECRET_KEY_FILE   50 random characters or more; always needed, but for DEBUG
SPR_HTTPS            on by default: secure cookies, HSTS, redirect to https. Off is for a portal
                     served to this very machine (`script/server`) and for tests
SPR_ALLOWED_HOSTS    host names people use, parted by commas; needed with HTTPS
SPR_BASE_URL         the address in links of e-mails; https://<first allowed host> if not set
SPR_DATABASE_URL     postgresql://user:password@host/name; empty: SQLite in the data folder
SPR_DATA_DIR         where SQLite, e-mails and collected static files are kept: var/ if not set
SPR_EMAIL_URL        console:, file:FOLDER or smtp://user:password@host:587; files if not set
SPR_EMAIL_FROM       the sender of e-mails
SPR_CONTACT_EMAIL    who answers for the portal; stands in the accessibility statement
SPR_TRUSTED_PROXIES  addresses of proxies whose X-Forwarded-For and -Proto are believed; needed
                     where a proxy ends HTTPS, or every page would redirect to itself
SPR_EVIDENCE_DIR     where files of evidence are kept: evidence/ in the data folder if not set
SPR_EVIDENCE_FILE_LIMIT_MB  how large one of them may be, in megabytes: 20 if not set
SPR_CLAMD_SOCKET     the virus scanner: the path of clamd's socket, or tcp://host:port; without it
                     files are not scanned
SPR_DEBUG            Django's debugging pages; never with HTTPS
SPR_DEMONSTRATION    people to sign in as stand on the sign-in page

**Production** is a portal that speaks HTTPS or keeps its records on PostgreSQL. Demonstration mode
lets anybody in, so it is refused in both cases: it runs on embedded SQLite, without HTTPS, or not
at all. A force's records are never on that footing: `check --deploy` fails without HTTPS.
"""

from datetime import timedelta
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from spr_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("SPR_DATA_DIR", str(BASE_DIR / "var"))).resolve()
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise wants it, even when it is empty

DEBUG = env.flag("SPR_DEBUG", default=False)
HTTPS = env.flag("SPR_HTTPS", default=not DEBUG)
DEMONSTRATION = env.flag("SPR_DEMONSTRATION", default=False)

DATABASES = {"default": env.database("SPR_DATABASE_URL", DATA_DIR)}
USES_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")

if DEBUG and HTTPS:
    raise env.SettingRefused(
        "SPR_DEBUG and SPR_HTTPS are both on. Debugging pages show settings and people's words "
        "to anybody, so they are not for a real portal: set SPR_DEBUG=0."
    )
if DEMONSTRATION and (HTTPS or not USES_SQLITE):
    raise env.SettingRefused(
        "SPR_DEMONSTRATION is on in production (with HTTPS or PostgreSQL). It lets anybody sign "
        "in as anybody. Set SPR_DEMONSTRATION=0, or run the demonstration with script/server."
    )

# With DEBUG alone a key may be missing: it is then made anew at every start, and sessions end.
SECRET_KEY = env.secret_key() or (get_random_secret_key() if DEBUG else "")
if not SECRET_KEY:
    raise env.SettingRefused(f"No secret key is set. {env.MAKE_A_KEY} Set it as SPR_SECRET_KEY.")

LOOPBACK = "127.0.0.1,localhost,[::1]"
ALLOWED_HOSTS = env.items("SPR_ALLOWED_HOSTS", "" if HTTPS else LOOPBACK)
if not ALLOWED_HOSTS:
    raise env.SettingRefused(
        "SPR_ALLOWED_HOSTS is not set. Name the host people use, such as spr.example.uk."
    )
BASE_URL = env.base_url(
    "SPR_BASE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if HTTPS else "http://127.0.0.1:8000"
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "crispy_forms",
    "django_tasks",
    "django_tasks_db",
    "spr_portal.identity",
    "spr_portal.audit",
    "spr_portal.background",
    "threats",
    "spr_portal.people",
    "assessments",
    "reports",
    "spr_portal.cycle_file",
]
MIDDLEWARE = [
    "spr_portal.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "spr_portal.middleware.ResponseHeadersMiddleware",
    "spr_portal.middleware.StrangersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "spr_portal.middleware.VisitLimitMiddleware",
    "spr_portal.middleware.SignInRequiredMiddleware",
    "spr_portal.middleware.SentOnceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spr_portal.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "spr_portal.urls"
WSGI_APPLICATION = "spr_portal.wsgi.application"
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
                "spr_portal.context.portal",
            ],
            "libraries": {"portal": "spr_portal.templatetags.portal"},
            "builtins": ["spr_portal.templatetags.links"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
# The class that {% crispy_field %} gives each kind of widget.
CRISPY_CLASS_CONVERTERS = {
    "textinput": "govuk-input",
    "emailinput": "govuk-input",
    "passwordinput": "govuk-input",
    "numberinput": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Static files: served by WhiteNoise. A deployment collects them into var/static first
# (compressed, names with a hash, cached for ever); without HTTPS they are found where they
# lie, so that the demonstration and the tests start without collecting anything.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not HTTPS
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HTTPS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"

# --- People and their accounts
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "spr_portal.identity.backends.AccountBackend",
]
# NCSC's guidance on passwords: length and a list of common ones, no rules of composition.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

ACCOUNT_ADAPTER = "spr_portal.identity.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "spr_portal.identity.account_forms.SignInForm",
    "change_password": "spr_portal.identity.account_forms.ChangePasswordForm",
    "reset_password": "spr_portal.identity.account_forms.ResetPasswordForm",
    "reset_password_from_key": "spr_portal.identity.account_forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # read by a check only: nobody can sign up
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gives the address; a link goes to it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a person is told when their password changes
# Counted in each web process. The lock that counts is django-axes', kept in the database; a
# limit by e-mail address alone is left out, as it would let anybody lock a person out.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "spr_portal.identity.sign_ins.address_tried"
AXES_CLIENT_IP_CALLABLE = "spr_portal.identity.sign_ins.client_address"
AXES_LOCKOUT_CALLABLE = "spr_portal.identity.sign_ins.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit keeps sign-ins
AXES_VERBOSE = False

# --- A signed-in visit. The limits are kept by VisitLimitMiddleware.
VISIT_IDLE_LIMIT = timedelta(minutes=30)
VISIT_ABSOLUTE_LIMIT = timedelta(hours=12)
VISIT_NOTED_EVERY = timedelta(minutes=1)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_AGE = int(VISIT_ABSOLUTE_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "spr_portal.error_views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What browsers are told
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Only the owner of the registered domain can ask browsers to preload it, so we do not.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = env.networks("SPR_TRUSTED_PROXIES")
# TrustedProxyMiddleware takes the header away unless it comes from one of these.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

# --- E-mail and background work
vars().update(env.email("SPR_EMAIL_URL", DATA_DIR))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "SPR_EMAIL_FROM", f"SPR Portal <noreply@{BASE_URL.split('//')[1].split(':')[0]}>"
)
CONTACT_EMAIL = env.text("SPR_CONTACT_EMAIL", "")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Forms: more than any page of ours has, and far less than hurts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- Files of evidence: on disk, never under an address of their own.
EVIDENCE_DIR = Path(env.text("SPR_EVIDENCE_DIR", str(DATA_DIR / "evidence"))).resolve()
EVIDENCE_FILE_LIMIT = env.number("SPR_EVIDENCE_FILE_LIMIT_MB", 20, least=1, most=500) * 2**20
CLAMD = env.socket_address("SPR_CLAMD_SOCKET")
FILE_UPLOAD_HANDLERS = ["spr_portal.uploads.UploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "spr_portal.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "spr_portal": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
