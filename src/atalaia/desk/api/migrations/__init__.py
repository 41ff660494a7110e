"""Changes of the tables, as Django writes them."""
