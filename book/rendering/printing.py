"""The book on paper: all pages as one, printed by Chromium. Run as `python -m book.rendering.printing`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
PAGE = BOOK / "_build" / "singlehtml" / "index.html"
PDF = BOOK / "_build" / "book.pdf"
_MILLISECONDS = 120_000
"""How long formulas may take to be typeset."""


def main() -> int:
    """Build the single page and print it; 2 where Chromium is not installed or prints nothing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("make print: chromium was not found; install it, or print the pages from any browser", file=sys.stderr)
        return 2
    builder = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(BOOK), "-W", "--builder", "singlehtml"]
    if subprocess.run(builder, check=False).returncode:
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            f"--virtual-time-budget={_MILLISECONDS}",
            "--no-pdf-header-footer",
            "--window-size=660,1000",  # no wider than the paper, so that what fits there fits here
            f"--print-to-pdf={PDF}",
        )
        PDF.unlink(missing_ok=True)
        subprocess.run([chromium, *flags, PAGE.as_uri()], check=False, capture_output=True)
    if not PDF.exists():
        print("make print: chromium printed nothing", file=sys.stderr)
        return 2
    print(f"{PDF}: {PDF.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
