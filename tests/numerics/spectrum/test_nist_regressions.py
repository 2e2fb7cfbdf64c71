"""NIST's certified regressions: `Q = ||X^+ y||^2` is the sum of squared coefficients, the share that of residuals."""

from fractions import Fraction

import pytest

from numerics.data import load
from numerics.data.enclosures import enclosures
from numerics.prediction.bounds_report import Question, bounds_report
from tests.numerics.spectrum.nist import REGRESSIONS


@pytest.fixture
def dataset(tmp_path):
    def written(name):
        regression = REGRESSIONS[name]
        path = tmp_path / f"{name}.csv"
        rows = [",".join([*row, label]) for row, label in zip(regression.X, regression.y, strict=True)]
        path.write_text("\n".join(rows))
        return load(str(path))

    return written


@pytest.mark.parametrize("name", REGRESSIONS)
def test_certified_values(dataset, name):
    regression, data = REGRESSIONS[name], dataset(name)
    report = bounds_report(data, Question())
    columns = len(regression.coefficients)
    assert report.spectrum.rank == columns
    certified = sum(Fraction(coefficient) ** 2 for coefficient in regression.coefficients)
    assert float(str(report.digits(report.spectrum.difficulty))) == pytest.approx(float(certified), rel=1e-9)
    squares = Fraction(regression.deviation) ** 2 * (len(data.y) - columns)
    share = float(str(report.digits(report.spectrum.label_residual_share)))
    assert share == pytest.approx(float(squares / sum(Fraction(y) ** 2 for y in regression.y)), rel=1e-9)
    spectrum = data.spectrum()
    assert spectrum.rank == columns
    assert float(spectrum.difficulty) == pytest.approx(float(certified), rel=1e-9)


@pytest.mark.parametrize("name", ["Wampler1", "Wampler2"])
def test_exact_labels_lie_in_the_column_space_exactly(dataset, name):
    assert next(enclosures(dataset(name))).label_residual_share == 0
