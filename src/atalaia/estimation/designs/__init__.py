"""How units come into a sample; each draw keeps its chances of selection."""
