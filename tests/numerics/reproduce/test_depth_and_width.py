"""Depth and width on tables: the task against what is known in closed form, and counts that can come out otherwise."""

from itertools import product

import numpy as np
import pytest

from numerics.arithmetic import Float64
from numerics.data import load
from numerics.networks.hessian import top_of_hessian
from numerics.networks.network import Network
from numerics.networks.problem import NetworkProblem
from numerics.reproduce.paper_data import find_pools
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.targets import depth_and_width
from numerics.reproduce.targets.depth_and_width import ACTIVATIONS, DEPTHS, TABLES, WIDTHS, train_at_every_depth
from theory.bounds import minimizer_sharpness

(TARGET,) = depth_and_width.TARGETS


def _trained(width, activation, X, y, seed=0):
    return train_at_every_depth({"width": width, "activation": activation, "seed": seed}, {"X": X, "y": y})


@pytest.mark.slow
def test_one_linear_neuron_ends_where_its_imbalance_says():
    data = load("sklearn:iris:versicolor,virginica", samples=3, seed=1)
    spectrum = data.spectrum()
    found = _trained(1, "identity", data.X, data.y)
    (first, second) = NetworkProblem(data.X, data.y, (1,), "identity").weights
    imbalance = float(np.sum(first**2) - np.sum(second**2))
    assert found["trained"][0] == pytest.approx(minimizer_sharpness(spectrum, imbalance=imbalance), rel=2e-2)
    s_1, Q = float(spectrum.singular_values[0]), float(spectrum.difficulty)
    np.testing.assert_allclose(found["predicted"], [s_1**2 / 3 * Q ** (1 - 1 / depth) for depth in DEPTHS])
    for depth, balanced in zip(DEPTHS, found["balanced"], strict=True):
        kernel = Q ** (1 - 1 / depth) * data.X @ data.X.T + (depth - 1) * Q ** (-1 / depth) * np.outer(data.y, data.y)
        assert balanced == pytest.approx(np.linalg.eigvalsh(kernel)[-1] / 3)
    assert found["difficulty"] == pytest.approx(Q)
    assert np.isfinite(found["law"]).all()
    assert np.isnan(_trained(2, "tanh", data.X, data.y)["law"]).all()


def test_what_does_not_end_is_no_number(monkeypatch):
    """One SiLU neuron has one sign on each side of the origin."""
    monkeypatch.setattr(depth_and_width, "DEPTHS", (2,))
    X = np.array([[1.0], [-0.5]])
    found = _trained(1, "silu", X, np.array([1.0, 1.0]))
    assert np.isnan(found["trained"][0])
    assert np.isfinite(found["predicted"]).all()


def test_labels_outside_the_column_space_change_nothing_in_a_linear_networks_hessian():
    data = load("sklearn:linnerud:Waist", samples=9)
    problem = NetworkProblem(data.X, data.y, (3, 2), "identity")
    assert np.linalg.norm(data.y - problem.reachable) > 0.5
    tops = []
    for y in (data.y, problem.reachable):
        network = Network.from_data(problem.inside[0], y, problem.widths, "identity", Float64())
        tops.append(float(top_of_hessian(network, network.state(problem.weights)).values[0]))
    assert tops[0] == pytest.approx(tops[1], rel=1e-6)


@pytest.mark.slow
def test_no_draw_has_more_rows_than_columns_and_difficulty_is_on_both_sides_of_one():
    for source, counts in TABLES.items():
        data = load(source)
        assert max(counts) <= data.n_features
    hard = [
        float(load(source, samples=samples).spectrum().difficulty) > 1
        for source, counts in TABLES.items()
        for samples in counts
    ]
    assert {True, False} == set(hard)


def test_the_made_table_is_friedmans():
    u = np.random.RandomState(0).uniform(size=(200, 10))
    y = 10 * np.sin(np.pi * u[:, 0] * u[:, 1]) + 20 * (u[:, 2] - 0.5) ** 2 + 10 * u[:, 3] + 5 * u[:, 4]
    data = load("sklearn:friedman")
    np.testing.assert_allclose(data.y, (y - y.mean()) / y.std(), atol=1e-12)
    np.testing.assert_allclose(data.X, (u - u.mean(axis=0)) / u.std(axis=0), atol=1e-12)


def _report(trained, law=(1.0, 1.0, 1.0, 1.1), difficulty=2.0):
    """What the target says of networks that all end alike."""
    depths = np.array(DEPTHS)
    result = {
        "difficulty": np.array(difficulty),
        "predicted": difficulty ** (1 - 1 / depths),
        "balanced": np.array([1.0, 0.9, 0.9, 0.8]),
        "law": np.array(law),
        "trained": np.array(trained),
    }
    places = len(TABLES) * 2 * depth_and_width.SEEDS * len(ACTIVATIONS) * len(WIDTHS)
    return TARGET.report(Reproduction(find_pools(None)), [result] * places).record


@pytest.mark.parametrize(
    ("trained", "verdicts"),
    [([1.0, 1.0, 1.0, 1.2], (True, False, True)), ([1.0, 1.0, 1.0, 0.8], (False, True, False))],
)
def test_a_direction_is_right_where_both_move_alike(trained, verdicts):
    record = _report(trained)
    words = [one["text"] for one in record["observations"]]
    of_linear = [one["holds"] for one in record["observations"] if one["text"].startswith("identity")]
    assert tuple(of_linear) == verdicts
    assert sum("the law's" in text for text in words) == 1
    count = len(TABLES) * 2 * depth_and_width.SEEDS
    right = f"{count} of {count}" if verdicts[0] else f"0 of {count}"
    for row, (activation, width) in zip(record["table"], product(ACTIVATIONS, WIDTHS), strict=True):
        assert (row["activation"], row["width"]) == (activation, width)
        assert row["the paper's direction right"] == right
    assert record["table"][0]["median growth, Q > 1"] == trained[-1]
    assert record["table"][0]["median growth, Q < 1"] == ""
    errors = np.abs(np.array([1.0, 1.0, 1.0, 1.1]) / np.array(trained) - 1)
    assert record["table"][0]["the law's mean error"] == pytest.approx(errors.mean())


@pytest.mark.parametrize("place", range(len(DEPTHS)))
def test_networks_that_do_not_end_are_said_and_not_counted(place):
    trained = [1.0, 1.0, 1.0, 1.2]
    trained[place] = np.nan
    record = _report(trained)
    assert not record["observations"][0]["holds"]
    assert record["observations"][0]["text"].startswith("0 of ")
    assert all(one["text"].endswith("0 of 0") for one in record["observations"][1:])
    assert record["points"][0]["trained"] == [None if np.isnan(value) else value for value in trained]
    assert record["points"][0]["grown"] is None
    row = record["table"][0]
    assert row["ended"].startswith("0 of ")
    assert row["median growth, Q > 1"] == row["the law's mean error"] == ""


def test_one_failed_network_leaves_the_other_draws_counts_as_they_are():
    """The law is off by a half at every depth of the draw that ends, and wildly beside the one that does not."""
    whole = {"trained": [1.0, 2.0, 2.0, 4.0], "law": [1.5, 3.0, 3.0, 6.0]}
    failed = {"trained": [1.0, 2.0, None, 4.0], "law": [9.0, 9.0, 9.0, 9.0]}
    assert depth_and_width.ended([whole, failed]) == [whole]
    assert depth_and_width.directions([failed, whole], "law") == (1, 1)
    assert depth_and_width.mean_error([whole, failed], "law") == 0.5
    assert np.isnan(depth_and_width.mean_error([failed], "law"))
