"""What people change about their own account."""

from datetime import datetime

from atalaia.desk.accounts import people, people_changes
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.audit.action import acting

__all__ = ["change_looks", "introduce"]


def introduce(*, by: Actor, name: str, language: str, now: datetime) -> None:
    """Change one's own name and language."""
    own = people.own_account(by)
    with acting("person.introduce", by=by, right=None, now=now) as deed:
        people_changes.rename(own.key, name=name, language=language)
        written = {"name": name, "language": language}
        deed.noted("person", str(own.key), content=written, subject=own.subject)


def change_looks(*, by: Actor, looks: dict[str, str], now: datetime) -> None:
    """Change how one's own pages look: language, theme, density."""
    own = people.own_account(by)
    with acting("person.look", by=by, right=None, now=now) as deed:
        people_changes.wear(own.key, looks=looks)
        deed.noted("person", str(own.key), content=looks, subject=own.subject)
