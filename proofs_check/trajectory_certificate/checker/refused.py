"""How a certificate is refused."""


class Refused(ValueError):  # noqa: N818 - the file is refused, not the program
    """The certificate does not prove its claim; the message says why."""


class Open(Refused):
    """The enclosures are too wide to tell; narrower ones may."""
