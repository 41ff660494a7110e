"""What a draw leaves behind: who was taken and with what chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["Drawn", "check_size"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A sample from a frame.

    Attributes:
        places: rows of the frame that were drawn, in the frame's order.
        chances: each drawn row's probability to be in the sample.
    """

    places: npt.NDArray[np.intp]
    chances: npt.NDArray[np.float64]

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """How many units of the frame each drawn one stands for."""
        return 1 / self.chances


def check_size(wanted: int, *, available: int) -> None:
    """Refuse to draw more than there is."""
    if not 0 <= wanted <= available:
        raise ImpossibleSampleError(what=f"{wanted} units drawn from {available}")
