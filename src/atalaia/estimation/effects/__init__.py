"""What something did, with its uncertainty; one idea a file."""
