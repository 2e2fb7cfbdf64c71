"""A file of Coq about one statement: what it says, as a person reads it, and its proof by replay."""

from __future__ import annotations

from collections.abc import Mapping

from proofs_check.kernel.printing.names import Names, NotInCoq, identifier
from proofs_check.kernel.replay.derivation import Derivation
from proofs_check.kernel.replay.quotation import NoReplayError
from proofs_check.kernel.statement_files import in_coq
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Formula
from theory.language.statement import Statement
from theory.language.statement_reader import read
from theory.language.terms import Letter

LAST_MODULE = "rules_of_order"
"""Requires every file that a replay does."""

_REQUIRED = """From Coq Require Import Reals List QArith PeanoNat.
From Kernel Require Import finite_sums terms meaning monomials normal_form normal_form_sound formulas
  rules_of_logic rules_of_equality rules_of_order.
Import ListNotations.
Local Open Scope nat_scope.

(** What a lemma asks of its arguments is computed. *)
Local Tactic Notation "shown" uconstr(proof) := refine proof; vm_cast_no_check (@eq_refl bool true).
"""


def file_of(statement: Statement, proved: Mapping[str, Theorem]) -> str:
    """The text of a file that Coq accepts beside the compiled kernel: the statement, then each claim by replay.

    Args:
        statement: what is proved.
        proved: a theorem for each claim, by name.

    Raises:
        NoReplayError: something in the statement or in a derivation has no lemma, or no word, in Coq yet.
    """
    try:
        said = in_coq(statement)
    except NotInCoq as error:
        raise NoReplayError(f"the replay in Coq: {error}") from error
    head, scope, body = said.partition("Local Open Scope R_scope.\n")
    return f"{head}{scope}\nModule Statement.\n{body}\nEnd Statement.\n\n{replay(statement, proved, 'Statement')}"


def replay(statement: Statement, proved: Mapping[str, Theorem], module: str) -> str:
    """The proofs of claims that stand in a module.

    Raises:
        NoReplayError: something in a derivation has no lemma, or no word, in Coq yet.
    """
    derivation = Derivation()
    steps = {name: derivation.lemma(theorem) for name, theorem in proved.items()}
    said = read(statement)
    assumed = {**said.domains, **said.hypotheses}
    names = Names([*assumed.values(), *said.claims.values()])
    if names.chance:
        raise NoReplayError("the replay in Coq: the rules of chance have no lemmas yet")
    quotation = derivation.quotation
    lines = [
        _REQUIRED,
        "Module Steps.",
        *quotation.lines,
        f"Definition sort (k : nat) : nat := nth k [{quotation.sorts()}] 0.",
        *derivation.lines,
        "End Steps.",
        "",
        "Local Close Scope nat_scope.",
        "Local Open Scope R_scope.",
    ]
    for name, theorem in proved.items():
        lines += ["", *_claim(name, theorem, steps[name], derivation, names, list(assumed.values()), module)]
    return "\n".join(lines) + "\n"


def _claim(
    name: str,
    theorem: Theorem,
    step: str,
    derivation: Derivation,
    names: Names,
    assumed: list[Formula],
    module: str,
) -> list[str]:
    """A claim from the lemma that says it of every model, in the model that the letters make up."""
    tables = derivation.quotation.tables
    if not theorem.hypotheses <= set(assumed):
        raise NoReplayError(f"the proof of {name!r} assumes more than the statement does")
    fields = [f"size_of_{place}" for place in range(len(names.axes))]
    fields += [f"given_{place}" for place in range(len(assumed))]
    sizes = [names.axes.get(axis, "1%nat") for axis in tables.axes]
    letters = [
        f"| {number}%nat, [{_places(letter, '; ')}] => {names.letters[letter]} {_places(letter, ' ')}"
        for letter, number in tables.letters.items()
        if letter in names.letters
    ]
    functions = [
        f"| {number - 2}%nat => {names.functions[one]}"
        for one, number in tables.functions.items()
        if one in names.functions
    ]
    used = [place for place, one in enumerate(assumed) if one in theorem.hypotheses]
    by_name = {
        derivation.quotation.formula(assumed[place]): _by_turns(f"given_{place}", assumed[place]) for place in used
    }
    proof = "Logic.I"
    for one in sorted(by_name, reverse=True):
        proof = f"(Logic.conj {by_name[one]} {proof})"
    return [
        f"Theorem {identifier(name)} : {module}.{identifier(name)}.",
        "Proof.",
        f"  intros {names.arguments()} [{' '.join(fields)}].",
        f"  pose (the_model := meaning.Model (fun the_axis => List.nth the_axis [{'; '.join(sizes)}] 1%nat)",
        f"    (fun the_letter the_places => match the_letter, the_places with {' '.join(letters)} | _, _ => 0 end)",
        f"    (fun the_function => match the_function with {' '.join(functions)}",
        "     | _ => fun the_number => the_number end)).",
        "  pose (the_index := fun _ : Datatypes.nat => 0%nat).",
        "  assert (the_sizes : forall the_axis, (0 < meaning.size the_model the_axis)%nat) by",
        f"    (intros the_axis; do {len(sizes)} (destruct the_axis as [|the_axis]; [assumption || exact Nat.lt_0_1|]);",
        "     destruct the_axis; exact Nat.lt_0_1).",
        "  assert (the_ranges : formulas.proper Steps.sort the_model the_index)",
        "    by (split; [exact the_sizes|intros the_axis; apply the_sizes]).",
        f"  exact {_together(f'(Steps.{step} the_model the_index the_ranges {proof})', theorem.conclusion)}.",
        "Qed.",
    ]


def _places(letter: Letter, between: str) -> str:
    return between.join(f"place_{place}" for place in range(len(letter.sorts)))


def _variables(formula: Formula) -> tuple[str, str, str]:
    """Variables for a prefix, proofs that they are in range, and both by turns."""
    count = range(len(formula.prefix))
    variables, ranges = [f"the_index_{k}" for k in count], [f"in_range_{k}" for k in count]
    turns = [one for pair in zip(variables, ranges, strict=True) for one in pair]
    return " ".join(variables), " ".join(ranges), " ".join(turns)


def _by_turns(proof: str, formula: Formula) -> str:
    """A proof for all variables and then all ranges as one for each variable in its range after the other."""
    variables, ranges, turns = _variables(formula)
    return f"(fun {turns} => {proof} {variables} {ranges})" if len(formula.prefix) > 1 else proof


def _together(proof: str, formula: Formula) -> str:
    """The other way around."""
    variables, ranges, turns = _variables(formula)
    return f"(fun {variables} {ranges} => {proof} {turns})" if len(formula.prefix) > 1 else proof
