"""How each kind of metric becomes a number; one kind a file."""
