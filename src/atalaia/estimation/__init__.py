"""Pure statistics over arrays: what a sample says, and how sure that is."""
