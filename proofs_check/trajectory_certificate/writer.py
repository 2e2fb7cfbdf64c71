"""Write the certificate of a decided claim, which `proofs_check.trajectory_certificate.checker` re-runs by itself.

Nothing here asks the checker anything: what stands in a certificate is what the balls have shown.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from numerics.exact_trajectory import Decision, ExactRun, ExactTable, Verdict
from theory.errors import ParameterError

FORMAT = "certificate of an exact trajectory, version 2"
TABLE_FORMAT = "certificate of an exact trajectory on a table, version 1"


def certificate(decision: Decision) -> dict[str, Any]:
    """Give the certificate of a decision: its inputs, its claim, where it was decided, and the trajectory on the way.

    Args:
        decision: a claim that was proved or refuted.

    Raises:
        ParameterError: the claim is undecided.

    Examples:
        >>> from numerics.exact_trajectory import ExactRun, decide, parse_claim
        >>> from numerics.data import load
        >>> run = ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=3,0,v=3", "2.5")
        >>> made = certificate(decide(run, parse_claim("diverges"), 10))
        >>> made["verdict"], made["escape_step"], made["layers"]
        ('PROVED', 0, ['3'])
    """
    if decision.verdict is Verdict.UNDECIDED:
        raise ParameterError(f"an undecided claim has no certificate: {decision.reason}")
    run = decision.run
    content = {
        "format": TABLE_FORMAT if isinstance(run, ExactTable) else FORMAT,
        "verdict": decision.verdict.value,
        "claim": decision.claim.text,
        "steps": decision.steps,
        "n_samples": run.n_samples,
        **_data(run),
        "coefficients": [str(x) for x in run.coefficients],
        "layers": [str(x) for x in run.layers],
        "step_size": str(run.step_size),
        "last_step": decision.last_step,
        "crossing_step": decision.crossing_step,
        "escape_step": decision.escape_step,
        "digits": decision.digits,
        "records": [
            {**asdict(record), "coefficients": list(record.coefficients), "layers": list(record.layers)}
            for record in decision.records
        ],
    }
    return {**content, "digest": digest(content)}


def _data(run: ExactRun | ExactTable) -> dict[str, object]:
    if isinstance(run, ExactTable):
        return {"features": [[str(x) for x in row] for row in run.features], "labels": [str(x) for x in run.labels]}
    return {
        "singular_values": [str(x) for x in run.singular_values],
        "label_coefficients": [str(x) for x in run.label_coefficients],
    }


def digest(content: dict[str, Any]) -> str:
    """Give the digest of everything else in a certificate: SHA-256 of its compact JSON with sorted keys."""
    rest = {key: value for key, value in content.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def text_of(content: dict[str, Any]) -> str:
    """Write a certificate as the text of its file."""
    return json.dumps(content, indent=1) + "\n"
