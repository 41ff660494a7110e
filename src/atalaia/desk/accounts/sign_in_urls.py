"""The library's addresses that make sense here; those that do not are not there.

The library looks some of them up by name, so each is kept and leads nowhere: nobody
signs up, and addresses are changed by an administrator.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path

from atalaia.desk.accounts.pages import begin, closed

__all__ = ["urlpatterns"]

PASSWORDS = [
    path("change/", account.password_change, name="account_change_password"),
    path("set/", account.password_set, name="account_set_password"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path(
        "reset/done/", account.password_reset_done, name="account_reset_password_done"
    ),
    path(
        "reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
SECOND_STEP = [
    path("", second.index, name="mfa_index"),
    path("authenticate/", second.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", second.reauthenticate, name="mfa_reauthenticate"),
    path("totp/", include("allauth.mfa.totp.urls")),
    path("recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
]
PROVIDERS = [
    path("cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("error/", social.login_error, name="socialaccount_login_error"),
    path("<slug:provider_id>/login/", begin, name="openid_connect_login"),
    path(
        "<slug:provider_id>/login/callback/",
        oidc.callback,
        name="openid_connect_callback",
    ),
]
CLOSED = [
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("email/sent/", closed, name="account_email_verification_sent"),
    path("email/<str:key>/", closed, name="account_confirm_email"),
    path("code/", closed, name="account_confirm_login_code"),
    path("providers/signup/", closed, name="socialaccount_signup"),
    path("providers/", closed, name="socialaccount_connections"),
]

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", include(PASSWORDS)),
    path("2fa/", include(SECOND_STEP)),
    path("oidc/", include(PROVIDERS)),
    *CLOSED,
]
