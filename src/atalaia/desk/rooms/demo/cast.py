"""Who works at the demo's desk."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from atalaia.domain.codes import RoleCode
from atalaia.domain.trilingual import Language
from atalaia.domain.work_codes import CentralTeam

__all__ = ["BRAZIL", "Part", "cast", "central_of", "worker_of"]

BRAZIL = "BR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One person of the demo.

    Attributes:
        key: tells them apart, and is what stands before the @ of their address.
        markets: those that they work on; none where the role reaches all.
    """

    key: str
    name: str
    role: RoleCode
    language: Language
    markets: tuple[str, ...] = ()
    agency: str = ""

    @property
    def email(self) -> str:
        """The address that they sign in with; nobody can receive mail there."""
        return f"{self.key}@demo.example"


_R = RoleCode
_PARTS = (
    Part(key="bruna", name="Bruna Carvalho", role=_R.ANALYST, language="pt"),
    Part(key="diego", name="Diego Hernández", role=_R.ANALYST, language="es"),
    Part(key="valeria", name="Valeria Ríos", role=_R.REGIONAL_LEAD, language="es"),
    Part(key="grace", name="Grace Lim", role=_R.CENTRAL_TNS, language="en"),
    Part(key="daniel", name="Daniel Okafor", role=_R.CENTRAL_ECOSYSTEM, language="en"),
    Part(key="rafael", name="Rafael Souza", role=_R.QUALITY_REVIEWER, language="pt"),
    Part(key="camila", name="Camila Torres", role=_R.EDUCATOR, language="es"),
    Part(key="luana", name="Luana Prado", role=_R.AGENCY_VIEWER, language="pt"),
    Part(key="sam", name="Sam Rivera", role=_R.ADMIN, language="en"),
)


def cast(*, markets: Iterable[str], agency: str) -> tuple[Part, ...]:
    """Return the people of a region with these markets.

    Args:
        agency: the agency whose viewer there is; "" for none.
    """
    everywhere = tuple(markets)
    spanish = tuple(code for code in everywhere if code != BRAZIL)
    reach = {
        "bruna": (BRAZIL,),
        "diego": spanish,
        "rafael": everywhere,
        "camila": everywhere,
    }
    return tuple(
        replace(
            part,
            markets=reach.get(part.key, ()),
            agency=agency if part.role is _R.AGENCY_VIEWER else "",
        )
        for part in _PARTS
        if agency or part.role is not _R.AGENCY_VIEWER
    )


def worker_of(market: str) -> str:
    """Return who works on the cases of a market."""
    return "bruna" if market == BRAZIL else "diego"


def central_of(team: CentralTeam) -> str | None:
    """Return who answers for a central team; None where its answers reach us by mail.

    What they answer is then written down by whoever asked.
    """
    known = {CentralTeam.TNS: "grace", CentralTeam.ECOSYSTEM: "daniel"}
    return known.get(team)
