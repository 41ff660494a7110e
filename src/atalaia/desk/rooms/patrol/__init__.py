"""The patrol: who and what is looked at again, and by whom."""
