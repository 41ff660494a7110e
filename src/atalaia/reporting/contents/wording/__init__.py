"""The brief put into words, one part of it per file; whole sentences only."""
