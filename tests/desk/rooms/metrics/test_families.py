"""The families hold every metric once."""

from collections import Counter

from atalaia.desk.rooms.metrics.families import FAMILIES, OWN, families_of
from atalaia.metrics.catalogue import BUILT_IN, CATALOGUE
from atalaia.metrics.definitions import Definitions


def test_every_metric_of_the_catalogue_stands_in_one_family():
    """None is forgotten, none is shown twice."""
    counted = Counter(name for family in FAMILIES for name in family.metrics)

    assert counted == Counter(dict.fromkeys(CATALOGUE, 1))


def test_an_installation_s_own_metrics_have_a_family_of_their_own():
    """They are shown although the list does not name them."""
    own = {**BUILT_IN.by_id, "own_ratio": CATALOGUE["M01"]}

    last = families_of(Definitions(by_id=own, digest="x"))[-1]

    assert (last.key, last.metrics) == (OWN.key, ("own_ratio",))
