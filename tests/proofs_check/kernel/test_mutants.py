"""One sign changed in a statement or a definition is noticed: by its proof, a proof that needs it or an instance."""

from functools import cache

import pytest

from proofs_check.kernel.table import theorem_table
from tests.effort import usually
from tests.proofs_check.kernel.mutants import Mutant, every_mutant, survivors, unchanged
from tests.proofs_check.kernel.needs_coq import needs_coq
from tests.proofs_check.kernel.remembered import remembered


@cache
def one_for_each_name() -> list[Mutant]:
    """Of each item's first theorem and of each definition the last plus, minus or weak inequality, else any sign.

    All of them together, some hundreds, take some minutes: `python -m tests.proofs_check.kernel.mutants`.
    """
    first = {names[0] for names in theorem_table().items.values()}
    chosen = {
        (mutant.module, mutant.name): mutant
        for mutant in sorted(every_mutant(), key=lambda mutant: (mutant.old not in (" < ", " > "), mutant.place))
        if f"{mutant.module}.{mutant.name}" in first or mutant.is_definition
    }
    return list(chosen.values())


def one_for_each_file() -> list[Mutant]:
    """Of those the one of each file's last name; a definition before a theorem, whose proof fails beside it anyway."""
    names = sorted(one_for_each_name(), key=lambda mutant: (mutant.is_definition, mutant.place))
    return list({mutant.module: mutant for mutant in names}.values())


def test_there_are_mutants_enough() -> None:
    assert len(one_for_each_name()) >= 20
    assert len(one_for_each_file()) >= 20
    assert len({mutant.label for mutant in every_mutant()}) == len(every_mutant())


@pytest.mark.slow
@needs_coq
def test_a_changed_sign_is_noticed_and_nothing_else() -> None:
    """The numbers of every instance are right, too."""
    right, mutants = unchanged("lemma_b_1"), usually(one_for_each_file(), thoroughly=one_for_each_name())

    def asked() -> bool:
        survive = survivors([right, *mutants])
        print(*(one.label for one in survive))
        return survive == [right]

    assert remembered("".join(mutant.label + mutant.source() for mutant in mutants), asked)
