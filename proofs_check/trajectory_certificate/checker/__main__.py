"""`python -m proofs_check.trajectory_certificate.checker FILE...`: status 0 where all certificates hold, else 2."""

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
            print(check(read(Path(name))))
        except (OSError, Refused) as error:
            print(f"{name}: refused: {error}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
