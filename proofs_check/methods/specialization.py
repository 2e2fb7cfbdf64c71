"""A fact that holds for all values of a letter holds for any value put in its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.substitution import Letters, keeps_domains, label, letters_of, substitute
from theory.language.relations import Relation


@dataclass(frozen=True)
class Specialization:
    """An established relation with expressions in place of letters that no hypothesis mentions.

    Attributes:
        source: name of the relation.
        letters: from plain families and symbols to what takes their place.
        rewrite: equalities to rewrite both with.
        given: inequalities that tell signs.
    """

    source: str
    letters: Letters = field(default_factory=dict)
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The relation, and what brings the claim to its shape."""
        return frozenset(self.rewrite) | frozenset(self.given) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """See that the letters are free, put in the values and compare; then see a wrong claim fail."""
        source = state.fact(self.source)
        if source.sense is not claim.sense:
            raise StepFailure(f"{self.source!r} says '{source.sense.value}', the claim '{claim.sense.value}'")
        if self.source not in state.universal:
            replaced = {label(letter) for letter in self.letters}
            for name, hypothesis in state.statement.hypotheses.items():
                if replaced & letters_of(hypothesis):
                    raise StepFailure(f"{self.source!r} need not hold for other values: {name!r} speaks of the letter")
        if not keeps_domains(self.letters, state.known_signs(self.given)):
            raise StepFailure("a value is not shown to lie in the domain of its letter")
        special = substitute(source, self.letters)
        setting = state.setting(self.rewrite, self.given)

        def is_special(relation: Relation) -> bool:
            return normal_form(relation.difference - special.difference, setting).is_zero

        if not is_special(claim):
            raise StepFailure(f"the claim is not {self.source!r} at those values")
        if not some_alteration_fails(claim, is_special):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
