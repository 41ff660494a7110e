"""The pages that compose what the apps below them hold."""
