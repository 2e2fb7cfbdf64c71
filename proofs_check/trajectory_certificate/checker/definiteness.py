"""Whether a symmetric matrix of enclosures is positive definite, by elimination."""

from __future__ import annotations

from proofs_check.trajectory_certificate.checker.enclosure import Enclosure


def definiteness(matrix: list[list[Enclosure]]) -> int:
    """-1 where every pivot is surely positive, 1 where one is surely negative, else 0."""
    for k in range(len(matrix)):
        pivot = matrix[k][k]
        if pivot.sign() != 1:
            return -pivot.sign()
        for i in range(k + 1, len(matrix)):
            if matrix[i][k].m or matrix[i][k].r:
                factor = matrix[i][k] / pivot
                for j in range(i, len(matrix)):
                    matrix[i][j] = matrix[j][i] = matrix[i][j] - factor * matrix[k][j]
    return -1
