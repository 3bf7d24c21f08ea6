"""Places in code, from those that parsers give."""


def offset(code: str, line: int, column: int) -> int:
    """The offset of a column, from 0, of a line, from 1; no further than the end of that line."""
    lines = code.split("\n")[:line]
    return sum(len(above) + 1 for above in lines[:-1]) + max(0, min(column, len(lines[-1])))
