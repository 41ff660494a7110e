"""The secret in a link: 256 random bits, of which the desk keeps only a digest."""

import hashlib
import secrets

__all__ = ["digest_of", "new_key", "new_token"]

TOKEN_BYTES = 32
KEY_BYTES = 6


def new_token() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_key() -> str:
    """Return a name that tells nothing, for what the trail and people speak of."""
    return secrets.token_hex(KEY_BYTES)


def digest_of(token: str) -> str:
    """Return what is kept of a secret; random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
