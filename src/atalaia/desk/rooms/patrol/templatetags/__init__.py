"""Words of the patrol in templates."""
