"""Design tokens: one set of names with a light and a dark value each.

On a page they are CSS variables, so that text and charts follow the reader's scheme.
The eight series colours keep their distance
for the common kinds of colour blindness (Okabe and Ito's set, darkened for text).
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["TOKENS", "Token", "css_variables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    light: str
    dark: str


TOKENS: Mapping[str, Token] = {
    "paper": Token(light="#f7f8fa", dark="#12161c"),
    "card": Token(light="#fefefe", dark="#1a2029"),
    "ink": Token(light="#18202b", dark="#e6eaf0"),
    "muted": Token(light="#566172", dark="#9fabbb"),
    "line": Token(light="#d9dee5", dark="#323b48"),
    "accent": Token(light="#0b5fa8", dark="#6db3f2"),
    "worse": Token(light="#a63c00", dark="#ff9a5c"),
    "better": Token(light="#00695a", dark="#4fc9b0"),
    "event": Token(light="#7a5a00", dark="#e3b34b"),
    "series1": Token(light="#0b5fa9", dark="#6db3f3"),
    "series2": Token(light="#a63c01", dark="#ff9a5d"),
    "series3": Token(light="#00695b", dark="#4fc9b1"),
    "series4": Token(light="#8a3b70", dark="#e39ac8"),
    "series5": Token(light="#7a5a01", dark="#e3b34c"),
    "series6": Token(light="#3f6f9f", dark="#9cc4ea"),
    "series7": Token(light="#6b5b00", dark="#d9cf5a"),
    "series8": Token(light="#3c4653", dark="#c4ccd6"),
}

SERIES = tuple(name for name in TOKENS if name.startswith("series"))


def css_variables() -> str:
    """Return the two blocks of CSS variables, light first."""
    light = "".join(f"--{name}:{token.light};" for name, token in TOKENS.items())
    dark = "".join(f"--{name}:{token.dark};" for name, token in TOKENS.items())
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )
