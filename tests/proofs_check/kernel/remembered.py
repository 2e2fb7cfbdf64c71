"""What Coq accepted, kept beside what it compiled: it is not asked again while sources, compiler and questions stay."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from numerics.work.files import replace_file, seal, unseal
from proofs_check.kernel import coq
from proofs_check.kernel.table import SOURCES
from tests.proofs_check.kernel.whole_kernel import BUILD, compiled_kernel

_YES = b"yes"


def remembered(question: str, ask: Callable[[], bool]) -> bool:
    """Whether Coq says yes to a question about the compiled sources; after a no it is asked anew, and says why.

    Args:
        question: everything that the answer depends on, besides the sources and the files that ask about them.
        ask: asks Coq.
    """
    kept = BUILD / "answers" / hashlib.sha256(f"{_compiled()} {question}".encode()).hexdigest()
    if kept.exists() and unseal(kept) == _YES:
        return True
    if not ask():
        return False
    kept.parent.mkdir(exist_ok=True)
    replace_file(kept, seal(_YES))
    return True


@cache
def _compiled() -> str:
    """Hash of all sources, of what all but claims compile to, by this compiler, and of the files that ask."""
    digest = hashlib.sha256(compiled_kernel().encode())
    for path in [*coq.files(SOURCES), *sorted(Path(__file__).parent.glob("*.py")), Path(coq.__file__)]:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
