"""The forms of sign-in, as the library checks them and in our words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError

from atalaia.desk.shell import forms as shell

__all__ = [
    "ActivateForm",
    "ChangePasswordForm",
    "CodeForm",
    "CodeReauthenticateForm",
    "DeactivateForm",
    "NewCodesForm",
    "NewPasswordForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "SetPasswordForm",
    "SignInForm",
]


class SignInWords(shell.Spoken):
    """Our words for the fields and errors of sign-in."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "login": "E-mail address",
        "email": "E-mail address",
        "password": "Password",
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password, again",
        "code": "Code",
    }
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "password1": "At least 12 characters; a few words are easy to keep.",
        "code": "Six digits from your app, or one of your recovery codes.",
    }
    ERROR_MESSAGES: ClassVar[Mapping[str, str]] = {
        **shell.ERROR_MESSAGES,
        "email_password_mismatch": "The address or the password is not right.",
        "invalid_login": "The address or the password is not right.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "The password is not right.",
        "password_differs": "The two passwords are not the same.",
        "incorrect_code": "This code is not right; codes change every 30 seconds.",
        "too_many_login_attempts": "Too many attempts: wait five minutes, try again.",
        "rate_limited": "Too many attempts: wait five minutes, try again.",
        "password_too_short": "This is too short: at least {min_length} characters.",
        "password_too_common": "Too many people use this password; choose another.",
        "password_too_similar": "This is too much like your name or your address.",
        "password_entirely_numeric": "Digits alone are easy to guess; add words.",
        "cannot_delete_authenticator": "The second step cannot be turned off.",
        "cannot_generate_recovery_codes": "Turn the second step on first.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.speak(context.request.words)

    def add_error(self, field: str | None, error: Any) -> None:
        """Note what is wrong; the library gives two unlike passwords no code."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = ValidationError(error, code="password_differs")
        super().add_error(field, error)


class SignInForm(SignInWords, account.LoginForm):
    """Address and password."""

    def speak(self, words: Any) -> None:
        """Name the fields; a sign-in says where to type."""
        super().speak(words)
        self.fields["login"].widget.attrs["autofocus"] = True


class ReauthenticateForm(SignInWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class ChangePasswordForm(SignInWords, account.ChangePasswordForm):
    """Another password, by who knows the one in use."""


class SetPasswordForm(SignInWords, account.SetPasswordForm):
    """A first password, for who signed in without one."""


class ResetPasswordForm(SignInWords, account.ResetPasswordForm):
    """The address that a link is sent to."""


class NewPasswordForm(SignInWords, account.ResetPasswordKeyForm):
    """A password, by who followed a link."""


class CodeForm(SignInWords, second.AuthenticateForm):
    """The second step of a sign-in."""


class CodeReauthenticateForm(SignInWords, second.ReauthenticateForm):
    """The second step once more."""


class ActivateForm(SignInWords, totp.ActivateTOTPForm):
    """The first code of an app, which shows that it took the key."""

    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "code": "Six digits, as your app shows them now."
    }


class DeactivateForm(SignInWords, totp.DeactivateTOTPForm):
    """Turns the second step off."""


class NewCodesForm(SignInWords, codes.GenerateRecoveryCodesForm):
    """Makes new recovery codes; the old ones end."""
