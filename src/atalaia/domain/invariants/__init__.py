"""What must hold in the reference files; one invariant per file.

Each module has `check`, which reads marked entries and raises with file and line.
"""
