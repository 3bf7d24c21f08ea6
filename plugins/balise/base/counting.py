"""Numbers of things, as people write them."""


def count(number: int, noun: str, plural: str = "") -> str:
    """A number of things: `1 page`, `2 pages`; the `plural` of what takes no `s` is given."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
