"""Fill a desk on PostgreSQL: `python -m benchmarks.desk_rows FOLDER CASES ANALYSTS`.

A few cases are opened as people open them; the database multiplies them, so that they
have the columns, moves and comments of real ones. Most have ended, as in a desk that
has run for years.
"""

import json
import sys
from itertools import cycle, islice, product
from pathlib import Path

import django

if __name__ == "__main__":
    # Models can be imported only once Django knows the settings.
    django.setup()

from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.casework.actions import Opening, open_case
from atalaia.domain.case_codes import ReporterKind, RequestedOutcome
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority, CaseType

__all__ = ["fill"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKETS = ("BR", "MX", "CO", "AR")
TYPES = (
    CaseType.PENALTY_DISPUTE,
    CaseType.OVERKILL,
    CaseType.LEAKAGE,
    CaseType.CREATOR_SUPPORT,
)
OPEN_EVERY = 12
"""Of so many cases one is still open; half of those are nobody's yet."""

# Every copy has its own key, time, creator and standing; all else is its model's.
CHANGED = {
    "key": "m.market || '-2025-' || lpad(i::text, 7, '0')",
    "state": "CASE WHEN i % %(every)s = 0 THEN 'triaged' ELSE 'closed' END",
    "is_open": "i % %(every)s = 0",
    "owner_id": "CASE WHEN i % (2 * %(every)s) = 0 THEN NULL"
    " ELSE %(first)s + i % %(analysts)s END",
    "creator_id": "'c-' || (i * 7919) % 40000",
    "description": "'Copy ' || i || ' of ' || m.key",
    "opened_at": "now() - (i % 4320) * interval '1 hour'",
    "changed_at": "now() - (i % 4320) * interval '1 hour'",
    "ack_due_at": "now() - (i % 4320 - 4) * interval '1 hour'",
    "ack_warn_at": "now() - (i % 4320 - 3) * interval '1 hour'",
    "acked_at": "now() - (i % 4320 - 2) * interval '1 hour'",
    "resolve_due_at": "now() - (i % 4320 - 96) * interval '1 hour'",
    "resolve_warn_at": "now() - (i % 4320 - 72) * interval '1 hour'",
    "closed_at": "CASE WHEN i % %(every)s = 0 THEN NULL"
    " ELSE now() - (i % 4320 - 48) * interval '1 hour' END",
}
MOVES = """
INSERT INTO casework_caseevent
    (case_id, seq, moved_at, from_state, to_state, by_key, by_name, by_team, reason)
SELECT c.id, s, c.opened_at + s * interval '2 hours', '', c.state, 'person:1', 'Ana',
    'region', ''
FROM casework_case c CROSS JOIN generate_series(2, 5) s WHERE c.key LIKE '__-2025-%%'
"""
COMMENTS = """
INSERT INTO casework_comment
    (case_id, said_at, by_key, by_name, by_team, audience, text)
SELECT c.id, c.opened_at + s * interval '3 hours', 'person:1', 'Ana', 'region',
    'region', 'Seen again; nothing new from the creator.'
FROM casework_case c CROSS JOIN generate_series(1, 2) s WHERE c.key LIKE '__-2025-%%'
"""


def fill(folder: Path, *, cases: int, analysts: int) -> None:
    """Save analysts with their sessions, and cases, into the desk of the settings."""
    people = [_analyst(number) for number in range(analysts)]
    models = _models(people[0])
    _multiply(models, copies=cases, first=people[0].pk, analysts=analysts)
    sessions = {str(person.pk): _session(person) for person in people}
    (folder / "sessions.json").write_text(json.dumps(sessions))


def _analyst(number: int) -> Person:
    """Save an analyst of two markets; whoever shares them races for the same cases."""
    person = Person.objects.create(
        email=f"analyst{number}@example.org",
        name=f"Analyst {number}",
        language=("pt", "es", "en")[number % 3],
        joined_at=timezone.now(),
    )
    for market in islice(cycle(MARKETS), number, number + 2):
        RoleGrant.objects.create(person=person, role=RoleCode.ANALYST, market=market)
    return person


def _models(person: Person) -> int:
    """Open the cases that are copied; return how many."""
    for market in MARKETS:
        RoleGrant.objects.get_or_create(
            person=person, role=RoleCode.ANALYST, market=market
        )
    by = actor_of(person, channel=Channel.PAGE)
    wanted = list(product(TYPES, CasePriority, MARKETS))
    for kind, priority, market in wanted:
        told = Opening(
            market=market,
            type=kind,
            priority=priority,
            language="pt" if market == "BR" else "es",
            reporter_kind=ReporterKind.CREATOR,
            requested_outcome=RequestedOutcome.RESTORE,
            description="El creador vende cocos; el machete es su herramienta.",
            references={"policy_id": "tns.danger.significant", "creator_id": "c-4"},
        )
        open_case(told, by=by, now=timezone.now())
    return len(wanted)


def _multiply(models: int, *, copies: int, first: int, analysts: int) -> None:
    given = {"every": str(OPEN_EVERY), "first": str(first), "analysts": str(analysts)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_case LIMIT 0")
        columns = [each.name for each in cursor.description if each.name != "id"]
        values = []
        for name in columns:
            written = CHANGED.get(name, f'm."{name}"')
            for key, value in given.items():
                written = written.replace(f"%({key})s", value)
            values.append(written)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO casework_case ({names}) SELECT {', '.join(values)} "
            f"FROM generate_series(1, {copies}) i JOIN (SELECT *, "
            "row_number() OVER (ORDER BY id) - 1 AS place FROM casework_case) m "
            f"ON m.place = i % {models}"
        )
        cursor.execute(MOVES.replace("%%", "%"))
        cursor.execute(COMMENTS.replace("%%", "%"))
        cursor.execute("ANALYZE")


def _session(person: Person) -> str:
    """Sign somebody in, as the sign-in page does once the password was right."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    fill(Path(sys.argv[1]), cases=int(sys.argv[2]), analysts=int(sys.argv[3]))
