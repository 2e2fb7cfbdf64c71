"""How a certificate is refused."""


class Refused(ValueError):  # noqa: N818 - the file is refused, not the program
    """The certificate does not prove its sentence; the message says why."""
