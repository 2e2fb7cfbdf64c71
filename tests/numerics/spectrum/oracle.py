"""The numbers of `sharpness bounds` once more, in 200 digits, written down from the paper without a look at the code.

X is decomposed by its Gram matrix in mpmath. The rank is given by whoever made the data.
"""

import mpmath
from mpmath import mp, mpf

DIGITS = 200


def exact_bounds(X, y, rank, depth=2, imbalance=0, alpha=None, beta=None):
    """Everything that `bounds` shows of rational data of a known rank, as mpf numbers of 200 digits."""
    with mp.workdps(DIGITS + 60):
        rows, columns = len(X), len(X[0])
        scale = max(abs(x) for row in X for x in row)  # mpmath's eigsy looks at absolute sizes
        A = mpmath.matrix([[_mpf(x / scale) for x in row] for row in X])
        b = mpmath.matrix([_mpf(x) for x in y])
        scale = _mpf(scale)
        values, vectors = mp.eigsy(A * A.T if rows <= columns else A.T * A)
        order = sorted(range(len(values)), key=lambda place: -values[place])[:rank]
        squares = [values[place] for place in order]
        d = []
        for place, square in zip(order, squares, strict=True):
            vector = vectors[:, place]
            left = vector if rows <= columns else A * vector / mp.sqrt(square)
            d.append(sum(left[k] * b[k] for k in range(rows)))
        squares = [square * scale**2 for square in squares]
        tied = sum(1 for square in squares if abs(square / squares[0] - 1) < mpf(10) ** -100)
        d1_squared = sum(x * x for x in d[:tied])
        s1_squared, labels = squares[0], sum(x * x for x in d)
        Q = sum(x * x / square for x, square in zip(d, squares, strict=True))
        s1 = mp.sqrt(s1_squared)
        result = {
            "label_residual_share": 1 - labels / sum(b[k] ** 2 for k in range(rows)),
            "difficulty": Q,
            "imbalance_threshold": Q * s1 / mp.sqrt(labels) - mp.sqrt(labels) / s1,
        }
        C = _mpf(imbalance)
        V = (-C + mp.sqrt(C * C + 4 * Q)) / 2
        first, second = (V, 1 / V) if depth == 2 else (Q ** (1 - mpf(1) / depth), (depth - 1) * Q ** (-mpf(1) / depth))
        result["predicted"] = s1_squared * Q ** (1 - mpf(1) / depth) / rows
        result["lower"] = (s1_squared * first + d1_squared * second) / rows
        result["upper"] = (s1_squared * first + labels * second) / rows
        kernel = mpmath.matrix(rank, rank)
        for i in range(rank):
            for j in range(rank):
                kernel[i, j] = second * d[i] * d[j] + (first * squares[i] if i == j else 0)
        size = kernel[0, 0] + sum(kernel[i, i] for i in range(rank))
        result["exact"] = max(mp.eigsy(kernel / size, eigvals_only=True)) * size / rows
        if alpha is not None:
            a, b = _mpf(alpha), _mpf(beta)
            result["initialization lower"] = s1_squared / rows * (a * a + b * b + 2 * (a * b / (a + b)) ** 2)
            gradient = a * a * b * b * sum(x * x for x in squares)
            gradient += sum(x * e * e for x, e in zip(squares, d, strict=True))
            result["initialization upper"] = (s1_squared * b * b + a * a * sum(squares) + mp.sqrt(gradient)) / rows
            m = rank * a * a - b * b
            second_moment = m * m + 2 * rank * a**4 + 2 * b**4
            near, far = mp.sqrt(m * m + 4 * Q), mp.sqrt(second_moment + 4 * Q)
            result["convergence lower"] = (s1_squared * (near - m) + d1_squared / Q * (near + m)) / (2 * rows)
            result["convergence upper"] = (s1_squared * (far - m) + labels / Q * (far + m)) / (2 * rows)
        return result


def _mpf(value):
    return mpf(value.numerator) / value.denominator
