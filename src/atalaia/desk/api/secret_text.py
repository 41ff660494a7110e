"""The text of a token: a prefix to know it by, and a secret that is not kept.

    atalaia_3f9c20d1_Zm9yIHRoZSB0d28gb2YgdXMgdG8ga2VlcCBpbiBtaW5k

The secret has 256 bits; what is stored is an HMAC of it under the desk's signing key.
"""

import hmac
import re
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

__all__ = ["NewSecret", "digest_of", "is_same", "new_secret", "prefix_of"]

MARK = "atalaia"
SALT = "atalaia.desk.api.token"
SECRET_BYTES = 32
NONE = "0" * 64
_SHAPE = re.compile(rf"{MARK}_(?P<prefix>[0-9a-f]{{8}})_[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """A token's text, which its owner sees once, and what the desk keeps of it."""

    text: str
    prefix: str
    digest: str


def new_secret() -> NewSecret:
    """Make the text of a token."""
    prefix = secrets.token_hex(4)
    text = f"{MARK}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    return NewSecret(text=text, prefix=prefix, digest=digest_of(text))


def prefix_of(text: str) -> str:
    """Return what a token is known by; "" for a text that is none."""
    shaped = _SHAPE.fullmatch(text)
    return shaped["prefix"] if shaped else ""


def digest_of(text: str) -> str:
    """Return what is kept of a token's text."""
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def is_same(text: str, *, digest: str) -> bool:
    """Whether a text is the one that a digest was made of, in constant time.

    A missing digest is compared all the same, so that it takes as long.
    """
    return hmac.compare_digest(digest_of(text), digest or NONE)
