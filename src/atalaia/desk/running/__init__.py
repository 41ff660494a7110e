"""What keeps a desk running: setting up, schedule, backup and restore."""
