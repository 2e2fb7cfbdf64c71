"""Runs at many precisions, and diagrams of them, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numerics.work.text_table import aligned

if TYPE_CHECKING:
    from numerics.finite_precision.diagram import Column
    from numerics.finite_precision.precision_runs import PrecisionRecord, RunRecord

TITLES = ("bits", "arithmetic", "outcome", "crossing", "drop", "predicted", "peak", "final loss")
_SIGNS = {
    "no crossing": ".",
    "survives": "o",
    "blows up": "x",
    "survives as in exact arithmetic": "O",
    "blows up as in exact arithmetic": "X",
}


def runs_text(record: PrecisionRecord) -> str:
    """Write one line for each run, then what the law says of all precisions.

    Examples:
        >>> run = {"bits": 24, "arithmetic": "float32", "outcome": "converged", "crossing_step": 236, "drop_step": 291,
        ...        "peak_sharpness": 1.25, "final_loss": 2e-6, "predicted_drop_step": 289}
        >>> law = {"critical_bits": 291, "contraction_bits": 290.9, "blowup_bits": None}
        >>> print(runs_text({**law, "reference_bits": 512, "confirmed_by": 448, "runs": [run]}))
          bits arithmetic    outcome crossing   drop predicted        peak  final loss
            24    float32  converged      236    291       289        1.25       2e-06
        <BLANKLINE>
        critical precision  291 bits: from there on the sharpness drops where exact arithmetic does
        contraction         290.9 bits by which the top mode has shrunk at the crossing
        blow-up             no precision is predicted to diverge
        reference run       512 bits; with 448 the same is recorded
    """
    widths = (6, 11, 11, 9, 7, 10, 12, 12)
    lines = aligned([TITLES, *map(run_cells, record["runs"])], widths)
    return "\n".join([*lines, "", *law_lines(record)])


def run_cells(run: RunRecord) -> tuple[str, ...]:
    """Give what stands under each of the `TITLES`."""
    return (
        str(run["bits"]),
        run["arithmetic"],
        run["outcome"].replace("_", " "),
        *map(_whole, (run["crossing_step"], run["drop_step"], run["predicted_drop_step"])),
        *map(_number, (run["peak_sharpness"], run["final_loss"])),
    )


def law_lines(record: PrecisionRecord) -> list[str]:
    """Say what the law says of all precisions."""
    if record["reference_bits"] is None:
        return ["no prediction: the reference run is not complete"]
    reference = (
        f"reference run       {record['reference_bits']} bits; with {record['confirmed_by']} the same is recorded"
    )
    if record["contraction_bits"] is None:
        return ["the sharpness does not cross 2/step size within these steps", reference]
    critical, blowup = record["critical_bits"], record["blowup_bits"]
    return [
        "critical precision  none: in exact arithmetic there is no drop within these steps"
        if critical is None
        else f"critical precision  {critical} bits: from there on the sharpness drops where exact arithmetic does",
        f"contraction         {record['contraction_bits']:.1f} bits by which the top mode has shrunk at the crossing",
        "blow-up             no precision is predicted to diverge"
        if blowup is None
        else f"blow-up             predicted from {blowup} bits on",
        reference,
    ]


def diagram_text(columns: Sequence[Column]) -> str:
    """Write the phase diagram, a sign a cell: step sizes to the right, precisions upwards."""
    if not columns:
        return ""
    bits = [cell["bits"] for cell in columns[0]["cells"]]
    lines = []
    for row in reversed(range(len(bits))):
        signs = "".join(_SIGNS[column["cells"][row]["region"]] for column in columns)
        lines.append(f"{bits[row]:6d}  {signs}")
    sizes = [column["step_size"] for column in columns]
    lines.append(f"  bits  step sizes {sizes[0]:.6g} to {sizes[-1]:.6g}")
    return "\n".join([*lines, *(f"     {sign}  {region}" for region, sign in _SIGNS.items())])


def _whole(value: int | None) -> str:
    return "none" if value is None else str(value)


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.6g}"
