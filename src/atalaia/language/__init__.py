"""One message catalogue and one formatter for command line, reports and desk."""
