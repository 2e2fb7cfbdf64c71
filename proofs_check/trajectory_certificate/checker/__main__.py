"""`python -m proofs_check.trajectory_certificate.checker FILE...`: status 0 where all certificates hold, else 2."""

import os
import signal
import sys
from pathlib import Path

from proofs_check.trajectory_certificate.checker import Refused, check, read


def main() -> int:
    """Check the files named on the command line."""
    if not sys.argv[1:]:
        print("name the certificates to check", file=sys.stderr)
        return 2
    for name in sys.argv[1:]:
        try:
            sentence = check(read(Path(name)))
        except (OSError, Refused) as error:
            print(f"{name}: refused: {error}", file=sys.stderr)
            return 2
        try:
            print(sentence, flush=True)
        except BrokenPipeError:  # nobody listens any more; Python would try once more at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 128 + signal.SIGPIPE
    return 0


if __name__ == "__main__":
    sys.exit(main())
