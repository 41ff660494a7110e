"""How the tables came to be; Django writes these."""
