"""How the tables of the patrol came to be."""
