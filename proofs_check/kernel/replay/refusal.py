"""What cannot be replayed yet."""

from __future__ import annotations

from theory.errors import StatementError


class NoReplayError(StatementError):
    """Something in a derivation that Coq has no lemma or no word for; the message names it."""
