"""What balise raises on purpose."""


class UserError(Exception):
    """Something the user asked for or configured cannot be done.

    Each item of `lines` is one complete sentence for the user: the thing, the place, the way out.
    The command line prints them on stderr and exits with status 2.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
