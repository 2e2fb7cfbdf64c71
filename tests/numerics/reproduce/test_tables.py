"""The tables on images in CIFAR-10's own format, against formulas written out here."""

import json

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from numerics.data import load
from numerics.reproduce.paper_data import Pool, find_pools
from numerics.reproduce.random_initialization import initial_sharpness
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.table import DrawTable
from numerics.reproduce.target import all_targets, reports
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store
from theory.errors import ParameterError

DRAWS = 3
TABLES = [name for name, target in all_targets().items() if isinstance(target, DrawTable)]


@pytest.fixture(scope="module")
def records(data_folder, tmp_path_factory):
    reproduction = Reproduction(find_pools(data_folder), DRAWS)
    chosen = [all_targets()[name] for name in TABLES]
    made = reports(chosen, reproduction, LocalWorkers(1), Store(tmp_path_factory.mktemp("store")))
    return {report.record["target"]: report for report in made}


@pytest.fixture(scope="module")
def draws(data_folder):
    """Features, labels, the difficulty by least squares, singular values and label coefficients."""
    source = f"cifar10:{data_folder / 'cifar-10-batches-py'}:cat,dog"
    found = []
    with threadpool_limits(1):
        for seed in range(DRAWS):
            data = load(source, samples=100, seed=seed)
            e, s, _ = np.linalg.svd(data.X, full_matrices=False)
            Q = np.linalg.norm(np.linalg.lstsq(data.X, data.y, rcond=None)[0]) ** 2
            found.append((data.X, data.y, Q, s, e.T @ data.y))
    return found


def _slowly(name, row, X, y, Q, s, d):
    """Every quantity from the formula in the paper, by another way than the package's where there is one."""
    N, features = X.shape
    top, norm = s[0], np.linalg.norm(y)
    a2, b2 = 1 / (3 * features), 1 / 3
    a, b = a2**0.5, b2**0.5
    m, second = N * a2 - b2, 2 * N * a2**2 + 2 * b2**2 + (N * a2 - b2) ** 2
    depth = int(row[-1]) if row.startswith("D = ") else 2
    start_lower = top**2 / N * (a2 + b2 + 2 * a2 * b2 / (a + b) ** 2)
    gram = X @ X.T
    noise = np.sqrt(a2 * b2 * np.trace(gram @ gram) + y @ gram @ y)
    root, upper_root = np.sqrt(m * m + 4 * Q), np.sqrt(second + 4 * Q)
    end_lower = (top**2 * (root - m) + d[0] ** 2 / Q * (m + root)) / (2 * N)
    end_upper = (top**2 * (upper_root - m) + norm**2 / Q * (m + upper_root)) / (2 * N)
    return {
        "table-1": Q,
        "table-2": Q * top / norm - norm / top,
        "table-3": top**2 / N * Q ** ((depth - 1) / depth),
        "table-4": (depth - 1) * (norm**2 - d[0] ** 2) * Q ** (-1 / depth) / N,
        "table-11": start_lower,
        "table-12": (top**2 * b2 + a2 * np.trace(gram) + noise) / N - start_lower,
        "table-14": end_lower,
        "table-15": end_upper - end_lower,
    }[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", [f"table-{n}" for n in (1, 2, 3, 4, 11, 12, 14, 15)])
def test_every_value_is_the_papers_formula(records, draws, name):
    cells = [c for c in records[name].record["cells"] if c["data"] == "cifar10" and c["samples"] == 100]
    assert len(cells) == (4 if name in ("table-3", "table-4") else 1)
    for cell in cells:
        expected = [_slowly(name, cell["row"], *draw) for draw in draws]
        np.testing.assert_allclose(cell["values"], expected, rtol=1e-8)
        assert cell["mean"] == pytest.approx(np.mean(expected), rel=1e-8)
        assert cell["deviation"] == pytest.approx(np.std(expected, ddof=1), rel=1e-7)


def test_the_initial_sharpness_is_sampled_within_its_bounds(records):
    (cell,) = [c for c in records["table-13"].record["cells"] if c["status"] == "computed"]
    (lower,) = [c for c in records["table-11"].record["cells"] if c["status"] == "computed"]
    (gap,) = [c for c in records["table-12"].record["cells"] if c["status"] == "computed"]
    assert cell["count"] == 400 * DRAWS
    error = cell["deviation"] / np.sqrt(cell["count"])
    assert lower["mean"] - 4 * error < cell["mean"] < lower["mean"] + gap["mean"] + 4 * error
    # The mean of b^2 s_1^2 / N is most of it, and a normal's square has the deviation sqrt(2) times its mean.
    assert cell["deviation"] / cell["mean"] == pytest.approx(2**0.5, rel=0.15)


def test_the_initial_sharpness_is_the_top_eigenvalue_of_the_hessian(draws):
    _, _, _, s, d = draws[0]
    arrays = {"singular_values": s, "label_coefficients": d, "n_samples": np.array(100), "n_features": np.array(3072)}
    found = initial_sharpness({"starts": 5, "seed": 0}, arrays)["sharpness"]
    random = np.random.Generator(np.random.Philox(key=0, counter=[0, 0, 2, 0]))
    weights, layers = random.normal(0, (3 * 3072) ** -0.5, (5, 100)), random.normal(0, 3**-0.5, 5)
    for c, v, value in zip(weights, layers, found, strict=True):
        border = s * (2 * s * c * v - d)
        corner = np.array([[np.sum((s * c) ** 2)]])
        hessian = np.block([[np.diag(v * v * s * s), border[:, None]], [border[None], corner]])
        assert value == pytest.approx(np.linalg.eigvalsh(hessian)[-1] / 100, rel=1e-10)


def test_what_the_data_do_not_allow_is_no_data_and_never_a_number(records):
    for report in records.values():
        for cell in report.record["cells"]:
            there = cell["data"] == "cifar10" and cell["samples"] == 100
            assert cell["status"] == ("computed" if there else "no data")
            assert ("mean" in cell) == there
            assert ("verdict" in cell) == there
    assert "no data (paper 1.16(0.26))" in records["table-1"].text


def test_a_verdict_is_of_the_numbers_and_these_images_differ(records):
    """Noise is no CIFAR-10: a table that agrees with the paper whatever it is given would say so here."""
    verdicts = {cell["verdict"] for r in records.values() for cell in r.record["cells"] if "verdict" in cell}
    assert "differs" in verdicts


def test_records_are_strict_json(records):
    for report in records.values():
        assert json.loads(json.dumps(report.record, allow_nan=False)) == report.record


@pytest.mark.parametrize(("samples", "seed"), [(1, 0), (7, 3), (100, 2), (240, 1)])
def test_a_pool_draws_what_load_draws(data_folder, samples, seed):
    source = f"cifar10:{data_folder / 'cifar-10-batches-py'}:cat,dog"
    for name in (source, "digits:5,3", "sklearn:diabetes"):
        X, y = Pool.of("x", name).draw(samples, seed)
        expected = load(name, samples=samples, seed=seed)
        assert np.array_equal(X, expected.X)
        assert np.array_equal(y, expected.y)


def test_the_largest_draw_is_the_largest_that_load_allows(data_folder):
    pool = Pool.of("x", f"cifar10:{data_folder / 'cifar-10-batches-py'}:cat,dog")
    assert pool.largest == 241
    pool.draw(241, 0)
    with pytest.raises(ParameterError):
        pool.draw(242, 0)


def test_without_data_the_digits_give_the_tables_and_say_so(tmp_path):
    reproduction = Reproduction(find_pools(None), 2)
    (report,) = reports([all_targets()["table-9"]], reproduction, LocalWorkers(1), Store(tmp_path))
    assert {cell["data"] for cell in report.record["cells"]} == {"digits"}
    assert not any("verdict" in cell or "published" in cell for cell in report.record["cells"])
    assert "bundled digits" in report.text
    assert [c["status"] for c in report.record["cells"] if c["row"] == "D = 2"] == ["computed"] * 2 + ["no data"] * 2


def test_one_draw_has_no_spread():
    with pytest.raises(ParameterError, match="at least 2"):
        Reproduction({}, 1)
