"""Figures: what they show is what the runs did, and what they observe can fail."""

import numpy as np
import pytest

from numerics.arithmetic import Float64
from numerics.data import load
from numerics.figures.panels import draw_panels
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.reshuffling import RandomReshuffling
from numerics.reproduce.edge_of_stability import edge_record, later_with_more_bits
from numerics.reproduce.flow_limit import train_to_the_end
from numerics.reproduce.paper_data import find_pools
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.target import all_targets, chosen, reports
from numerics.reproduce.targets import early_stopping
from numerics.reproduce.targets.precision import run_with
from numerics.reproduce.training_task import Run
from numerics.trajectory import train
from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store
from theory.bounds import minimizer_sharpness
from theory.errors import ParameterError


def _trained(run: Run, tmp_path):
    reproduction = Reproduction(find_pools(None), 2)
    task = run.task(reproduction)
    store = Store(tmp_path)
    first = reproduction.decomposition(run.data, run.samples, 0)
    reproduction._found[first.key] = sweep([first], LocalWorkers(1), store)[0]
    return sweep([task], LocalWorkers(1), store)[0]


@pytest.mark.slow
def test_a_run_on_a_decomposed_draw_is_the_run_on_the_data(tmp_path):
    result = _trained(Run("digits", 60, 2, "sgd-reshuffle", 300, "1/200", 7, seed=4, terms=True, records=30), tmp_path)
    data = load("digits:3,5", samples=60)
    spectrum = data.spectrum()
    model = ReducedModel.from_data(data.X, data.y, 2, Float64(), spectrum)
    right = np.asarray(spectrum.right_singular_vectors)
    c, v = initialize("default", right, 2, 4)
    run = train(model, RandomReshuffling("1/200", 7, 4), model.state(c, v), steps=300, record_every=10)
    for name in ("steps", "loss", "sharpness", "imbalance"):
        series = run.steps if name == "steps" else run.series[name]
        np.testing.assert_allclose(result[name], series, rtol=1e-12)
    assert result["step_terms"].shape == (31, 6)
    assert float(result["step_size"]) == 1 / 200


def test_a_step_size_at_the_edge_is_that_part_of_the_limit(tmp_path):
    result = _trained(Run("digits", 60, 2, "gd", 50, "edge:0.5"), tmp_path)
    data = load("digits:3,5", samples=60)
    limit = minimizer_sharpness(data.spectrum(), imbalance=float(result["imbalance"][0, 0]))
    assert 2 / float(result["step_size"]) == pytest.approx(0.5 * limit, rel=1e-12)


@pytest.mark.parametrize("source", ["sklearn:iris:setosa,virginica", "sklearn:wine:0,2", "sklearn:linnerud:Pulse"])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_flows_end_has_the_exact_sharpness_of_its_imbalance(source, seed):
    """Theorem 4.3's minimizer is unique up to signs: where the flow ends is known before it starts."""
    data = load(source, samples=16, seed=seed)
    result = train_to_the_end({"depth": 2, "seed": seed}, {"X": data.X, "y": data.y})
    assert result["converged"]
    expected = minimizer_sharpness(data.spectrum(), imbalance=float(result["imbalance"][0]))
    assert result["sharpness"][1] == pytest.approx(expected, rel=1e-4)
    assert abs(result["imbalance"][1] - result["imbalance"][0]) < 1e-6


def test_labels_outside_the_column_space_change_nothing_but_a_constant():
    data = load("sklearn:diabetes", samples=40)
    inside = data.X @ np.linalg.lstsq(data.X, data.y, rcond=None)[0]
    whole = train_to_the_end({"depth": 2, "seed": 0}, {"X": data.X, "y": data.y})
    part = train_to_the_end({"depth": 2, "seed": 0}, {"X": data.X, "y": inside})
    assert float(whole["unreachable_share"]) > 0.1
    assert float(part["unreachable_share"]) < 1e-28
    np.testing.assert_allclose(whole["sharpness"], part["sharpness"], rtol=1e-6)


@pytest.mark.slow
def test_early_stopping_on_the_digits(tmp_path, monkeypatch):
    monkeypatch.setattr(early_stopping, "STEPS", 400)
    report = _report("early-stopping", tmp_path)
    rows = [row for row in report.record["table"] if row["N"] == 100]
    assert {row["optimizer"].split(",")[0].split(" 2/")[0] for row in rows} == {
        "gradient flow",
        "gradient descent",
        "SGD",
    }
    for row in rows:
        if row["optimizer"] == "gradient flow":
            assert abs(row["imbalance gained"]) < 1e-4
    draw_panels(report.panels, tmp_path / "figure.png")
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_precision_decides_on_the_synthetic_data(tmp_path):
    """Appendix D.1 at 2/eta = 0.8: 113 bits survive a spike, 200 bits blow up."""
    survives, gone = (
        edge_record(_trained(run_with(Reproduction({}), "0.8", f"mpfr:{bits}"), tmp_path)) for bits in (113, 200)
    )
    assert (survives.diverged, gone.diverged) == (False, True)
    assert survives.crossing_step == gone.crossing_step == 236
    assert survives.drop_step == 360


def _report(name, tmp_path):
    (report,) = reports(
        [all_targets()[name]], Reproduction(find_pools(None), 2), LocalWorkers(1), Store(tmp_path / "store")
    )
    return report


def test_svhn_without_its_file_is_no_data(tmp_path, data_folder):
    reproduction = Reproduction(find_pools(data_folder), 2)
    (report,) = reports([all_targets()["figure-19"]], reproduction, LocalWorkers(1), Store(tmp_path))
    assert report.record["notes"] == ["no data"]
    assert not report.panels


def test_more_bits_are_later_only_if_every_step_is():
    assert later_with_more_bits([1, 2, 2, 9])
    assert not later_with_more_bits([1, 3, 2])
    assert not later_with_more_bits([1, None])


def test_every_target_is_found_in_the_order_of_the_paper():
    names = list(all_targets())
    tables = [f"table-{n}" for n in range(1, 16)]
    figures = [f"figure-{n}" for n in (*range(1, 7), "6b", *range(7, 10), *range(18, 31))]
    assert names == [*tables, *figures, "beyond", "depth-and-width", "early-stopping"]
    assert [target.name for target in chosen(["all"])] == names
    assert [target.name for target in chosen(["table-2", "table-1", "table-2"])] == ["table-2", "table-1"]
    with pytest.raises(ParameterError, match="there is no target 'table-16'; give table-1, "):
        chosen(["table-16"])
