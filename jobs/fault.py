"""A fault as administrators read it: what it is, in one line, and not what was to be written when it happened."""

LONGEST = 300


def in_a_line(fault: Exception) -> str:
    """Its name and its first line: after it, an error of the database has the values that were refused."""
    return f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"[:LONGEST]
