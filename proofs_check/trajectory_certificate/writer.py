"""Write the certificate of a decided claim, which `proofs_check.trajectory_certificate.checker` re-runs by itself."""

from __future__ import annotations

import json
from typing import Any

from numerics.certified import Decision, Verdict
from numerics.certified.decision import precisions
from proofs_check.trajectory_certificate.checker import FORMAT, Findings, Refused, digest, follow, sentence
from proofs_check.trajectory_certificate.checker.findings import Watcher
from theory.errors import ParameterError

_MOST_MORE = 8


def certificate(decision: Decision, progress: Watcher | None = None) -> dict[str, Any]:
    """Give the certificate of a decision: its inputs, its claim, the sentence, and the numbers that pin them down.

    The recorded numbers come from the balls, the rest from the checker's own run, which must find the same.

    Args:
        decision: a claim that was proved or refuted.
        progress: called with each step and the last one.

    Raises:
        ParameterError: the claim is undecided, or the checker's simpler arithmetic needs too many bits to decide it.

    Examples:
        >>> from numerics.certified import ExactRun, decide, parse_claim
        >>> from numerics.data import load
        >>> run = ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=3,0,v=3", "2.5")
        >>> made = certificate(decide(run, parse_claim("diverges"), 10))
        >>> made["verdict"], made["escape_step"], made["fraction_bits"]
        ('PROVED', 0, 128)
    """
    if decision.verdict is Verdict.UNDECIDED:
        raise ParameterError(f"an undecided claim has no certificate: {decision.reason}")
    content = _content(decision)
    found = _followed(content, decision.bits, progress)
    seen = (found.verdict, found.last_step, found.crossing_step, found.escape_step)
    if seen != (decision.verdict.value, decision.last_step, decision.crossing_step, decision.escape_step):
        raise AssertionError(f"the checker finds {seen}, which is not what the balls show: {decision}")
    content |= {"sentence": sentence(content, found), "radii": found.radii}
    return {**content, "digest": digest(content)}


def _content(decision: Decision) -> dict[str, Any]:
    run = decision.run
    return {
        "format": FORMAT,
        "sentence": "",
        "verdict": decision.verdict.value,
        "claim": decision.claim.text,
        "steps": decision.steps,
        "n_samples": run.n_samples,
        "singular_values": [str(x) for x in run.singular_values],
        "label_coefficients": [str(x) for x in run.label_coefficients],
        "coefficients": [str(x) for x in run.coefficients],
        "layers": [str(x) for x in run.layers],
        "step_size": str(run.step_size),
        "last_step": decision.last_step,
        "crossing_step": decision.crossing_step,
        "escape_step": decision.escape_step,
        "digits": decision.digits,
        "records": [
            {
                "step": record.step,
                "coefficients": list(record.coefficients),
                "layers": list(record.layers),
                "loss": record.loss,
                "sharpness": record.sharpness,
            }
            for record in decision.records
        ],
        "fraction_bits": 0,
        "radii": [],
    }


def _followed(content: dict[str, Any], bits: int, progress: Watcher | None) -> Findings:
    """Run the checker with as many bits as the balls had, or with more where its fixed point needs them."""
    refused = ""
    for more in precisions(_MOST_MORE * bits):
        if more >= bits:
            content["fraction_bits"] = more
            try:
                return follow(content, more, progress)
            except Refused as error:
                refused = str(error)
    raise ParameterError(f"no certificate: {refused}")


def text_of(content: dict[str, Any]) -> str:
    """Write a certificate as the text of its file."""
    return json.dumps(content, indent=1) + "\n"
