"""One installation's desk: where its data, keys and records lie, and who signs in how.

Read from the `desk` part of DATA/settings.yaml; the environment goes before the file.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from atalaia.desk.settings.clock import Clock, read_clock
from atalaia.domain.errors import ReferenceDataError, StateError
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.warehouse.key_file import create_key, outside, read_key
from atalaia.warehouse.place import Place, open_place

__all__ = [
    "DATABASE_VARIABLE",
    "DATA_VARIABLE",
    "SECRETS_VARIABLE",
    "Installation",
    "NoSettingsError",
    "OidcProvider",
    "UnknownDatabaseError",
    "create_secrets",
    "has_secrets",
    "read_installation",
]

DATA_VARIABLE = "ATALAIA_DATA"
SECRETS_VARIABLE = "ATALAIA_SECRETS"
DATABASE_VARIABLE = "ATALAIA_DATABASE"
DEFAULT_SECRETS = Path("~/.config/atalaia/desk")
DEFAULT_URL = "http://127.0.0.1:8000"
SIGNING, AUDIT, SECOND = "signing.key", "audit.key", "second-factor.key"
HEADS = "audit-heads.jsonl"
SCHEMES = ("postgresql", "postgres", "sqlite")
TEXTS = ("url", "database", "sender", "mail_server", "audit_heads")


class NoSettingsError(StateError):
    """The desk was started without saying which data it belongs to."""

    message = "The desk does not know its data folder."
    next_step = "Start it with 'atalaia serve', or set the variable {variable}."


class UnknownDatabaseError(ReferenceDataError):
    """A database that the desk cannot keep its records in."""

    message = "The desk keeps no records in a '{scheme}' database."
    next_step = "Use one of: {known}. Without the setting it is a file in DATA/records."


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcProvider:
    """A provider of OpenID Connect that people may sign in with.

    `secret_variable` names the environment variable that holds the client's secret:
    secrets never lie in the settings file.
    """

    key: str
    name: str
    url: str
    client_id: str
    secret_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What one installation says of its desk.

    Attributes:
        url: where people reach it; its scheme decides whether cookies are secure.
        database: "" for the file in DATA/records, else a postgresql:// address.
        sender: the address that mail comes from.
        mail_server: host:port of the server that takes mail; "" writes mail as files.
        audit_heads: the file that the audit trail's heads are exported to; "" for
            the one beside the secrets.
        providers: single sign-on.
    """

    place: Place
    secrets: Path
    url: str = DEFAULT_URL
    database: str = ""
    sender: str = "atalaia@localhost"
    mail_server: str = ""
    audit_heads: str = ""
    providers: tuple[OidcProvider, ...] = ()

    @property
    def clock(self) -> Clock:
        """What time it is at this desk."""
        return read_clock(self.place)

    @property
    def host(self) -> str:
        """The host that people type."""
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by an encrypted connection."""
        return urlsplit(self.url).scheme == "https"

    @property
    def provider_origins(self) -> tuple[str, ...]:
        """Where a form of ours may lead besides the desk itself: to sign in."""
        parts = [urlsplit(provider.url) for provider in self.providers]
        return tuple(f"{part.scheme}://{part.netloc}" for part in parts)

    @property
    def records(self) -> Path:
        """The folder of what people write down."""
        return self.place.root / "records"

    @property
    def signing_key(self) -> bytes:
        """The key of sessions and links."""
        return read_key(self.secrets / SIGNING, place=self.place)

    @property
    def second_factor_key(self) -> bytes:
        """The key under which the secrets of second steps are stored."""
        return read_key(self.secrets / SECOND, place=self.place)

    @property
    def audit_key(self) -> bytes:
        """The key of the audit trail's chain."""
        return read_key(self.secrets / AUDIT, place=self.place)

    @property
    def heads_file(self) -> Path:
        """Where the audit trail's heads are exported to, outside DATA."""
        named = Path(self.audit_heads) if self.audit_heads else self.secrets / HEADS
        return outside(named, place=self.place)


def read_installation(environment: Mapping[str, str] = os.environ) -> Installation:
    """Read what the settings file and the environment say of the desk.

    Raises:
        NoSettingsError: no data folder is named.
        NoDataError: the folder holds no data.
        ReferenceDataError: a setting that does not exist or cannot be so.
    """
    if DATA_VARIABLE not in environment:
        raise NoSettingsError(variable=DATA_VARIABLE)
    place = open_place(Path(environment[DATA_VARIABLE]))
    said = _said(place)
    database = environment.get(DATABASE_VARIABLE, said.get("database", ""))
    scheme = urlsplit(database).scheme
    if database and scheme not in SCHEMES:
        raise UnknownDatabaseError(scheme=scheme, known=SCHEMES)
    texts = {name: value for name, value in said.items() if name != "database"}
    return Installation(
        place=place,
        secrets=Path(environment.get(SECRETS_VARIABLE, DEFAULT_SECRETS)).expanduser(),
        database=database,
        providers=_providers(place),
        **texts,
    )


def create_secrets(installation: Installation) -> None:
    """Make the desk's keys where there are none; those that are there stay."""
    for name in (SIGNING, AUDIT, SECOND):
        create_key(installation.secrets / name, place=installation.place)


def has_secrets(installation: Installation) -> bool:
    """Whether the desk's keys were made, or put back, where they are looked for."""
    return (installation.secrets / AUDIT).is_file()


def _entry(place: Place) -> Entry | None:
    if not place.settings.exists():
        return None
    marked = read_marked(place.settings)
    if not isinstance(marked.value, Mapping) or "desk" not in marked.value:
        return None
    entry = root_of(marked).child("desk")
    entry.only(*TEXTS, "single_sign_on")
    return entry


def _said(place: Place) -> dict[str, str]:
    entry = _entry(place)
    return {n: entry.text(n) for n in TEXTS if entry is not None and entry.has(n)}


def _providers(place: Place) -> tuple[OidcProvider, ...]:
    entry = _entry(place)
    if entry is None or not entry.has("single_sign_on"):
        return ()
    return tuple(_provider(each) for each in entry.fields("single_sign_on"))


def _provider(entry: Entry) -> OidcProvider:
    entry.only("name", "url", "client_id", "secret_variable")
    return OidcProvider(
        key=entry.key,
        name=entry.text("name"),
        url=entry.text("url"),
        client_id=entry.text("client_id"),
        secret_variable=entry.text("secret_variable"),
    )
