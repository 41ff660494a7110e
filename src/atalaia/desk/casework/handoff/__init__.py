"""What goes to a central team without an account, and what comes back from it."""
