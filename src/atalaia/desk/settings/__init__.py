"""How one desk runs: what its installation says, as Django wants to hear it."""
