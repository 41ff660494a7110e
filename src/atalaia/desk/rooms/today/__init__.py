"""Today: what is owed, what moved, what is coming, and where to look something up."""
