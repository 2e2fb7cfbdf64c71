"""What Coq said, kept beside what it compiled: nothing is asked twice while sources, compiler and questions stay."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from numerics.work.files import replace_file, seal, unseal
from proofs_check.kernel import coq
from proofs_check.kernel.table import SOURCES
from tests.proofs_check.kernel.whole_kernel import BUILD, compiled_kernel


def remembered(question: str, ask: Callable[[], bool]) -> bool:
    """Coq's answer to a question about the compiled sources.

    Args:
        question: everything that the answer depends on, besides the sources and the files that ask about them.
        ask: asks Coq.
    """
    kept = BUILD / "answers" / hashlib.sha256(f"{_compiled()} {question}".encode()).hexdigest()
    said = unseal(kept) if kept.exists() else None
    if said is None:
        said = str(ask()).encode()
        kept.parent.mkdir(exist_ok=True)
        replace_file(kept, seal(said))
    return said == str(True).encode()


@cache
def _compiled() -> str:
    """Hash of all sources, of what all but claims compile to, by this compiler, and of the files that ask."""
    digest = hashlib.sha256(compiled_kernel().encode())
    for path in [*coq.files(SOURCES), *sorted(Path(__file__).parent.glob("*.py")), Path(coq.__file__)]:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
