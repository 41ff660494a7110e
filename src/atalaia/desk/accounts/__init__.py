"""People of the desk: who they are, whom they work as, and what they may see."""
