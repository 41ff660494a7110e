"""The people of the desk: their accounts and what they were granted."""
