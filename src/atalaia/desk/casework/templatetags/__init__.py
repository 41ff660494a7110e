"""Cases in templates."""
