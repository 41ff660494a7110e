"""The second step of a sign-in: its secrets lie encrypted in the records."""

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

__all__ = ["SecondFactor"]


class SecondFactor(DefaultMFAAdapter):
    """Keeps what codes are reckoned from under a key outside the database.

    Whoever reads the records or a backup cannot make a code.
    """

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; raises InvalidToken under another key."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(settings.SECOND_FACTOR_KEY))
