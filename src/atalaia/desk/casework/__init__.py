"""Cases: what the region and the central teams owe each other, and by when."""
