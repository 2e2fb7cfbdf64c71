"""Paths of networks: what a figure is made of is what plain loops give."""

import numpy as np
import pytest

from numerics.networks.gradient_flow import gradient_flow
from numerics.networks.problem import NetworkProblem
from numerics.reproduce.network_path import ENDS_AT, NetworkPath, follow
from numerics.reproduce.paper_data import find_pools
from numerics.reproduce.reproduction import Networks, Reproduction
from numerics.reproduce.target import all_targets
from numerics.reproduce.targets import figure_1, figure_2, figure_3

POOLS = find_pools(None)
PATH = NetworkPath("digits", 8, "tanh", 3, 4)


def _followed(path):
    return follow((task := path.task(Reproduction(POOLS))).configuration, task.arrays())


def _plain(path):
    """The same problem, its data and weights."""
    X, y = POOLS["digits"].draw(path.samples, path.seed)
    problem = NetworkProblem(X, y, (path.width,) * (path.depth - 1), path.activation, seed=path.seed)
    return problem, problem.inside[0], y


def _gradient(flat, X, y, shapes):
    """Of three tanh layers, sample by sample."""
    W1, W2, w3 = (part.reshape(shape) for part, shape in zip(np.split(flat, _cuts(shapes)), shapes, strict=True))
    slopes = [np.zeros(shape) for shape in shapes]
    for x, label in zip(X, y, strict=True):
        first = np.tanh(W1 @ x)
        second = np.tanh(W2 @ first)
        z = ((w3 @ second)[0] - label) / len(y)
        back = z * w3[0] * (1 - second**2)
        slopes[2] += z * second
        slopes[1] += np.outer(back, first)
        slopes[0] += np.outer((W2.T @ back) * (1 - first**2), x)
    return np.concatenate([slope.ravel() for slope in slopes])


def _cuts(shapes):
    return np.cumsum([rows * columns for rows, columns in shapes])[:-1]


def _top_of_hessian(flat, X, y, shapes):
    h = 1e-5
    rows = [
        (_gradient(flat + h * e, X, y, shapes) - _gradient(flat - h * e, X, y, shapes)) / (2 * h)
        for e in np.eye(len(flat))
    ]
    return np.linalg.eigvalsh((np.array(rows) + np.array(rows).T) / 2)[-1]


def test_a_flow_begins_at_the_start_and_ends_at_the_loss():
    problem, X, y = _plain(PATH)
    result = _followed(PATH)
    shapes = [matrix.shape for matrix in problem.weights]
    flat = np.concatenate([matrix.ravel() for matrix in problem.weights])
    assert result["sharpness"][0] == pytest.approx(_top_of_hessian(flat, X, y, shapes), rel=1e-5)
    assert (np.diff(result["times"]) > 0).all()
    assert (np.diff(result["loss"]) < 0).all()
    assert result["loss"][-1] == pytest.approx(ENDS_AT * (y @ y) / len(y), rel=5e-3)
    assert len(result["loss"]) <= 20


def test_steps_are_those_of_plain_gradient_descent():
    path = NetworkPath("digits", 8, "tanh", 3, 4, edge=0.5, span=40.0, records=5)
    problem, X, y = _plain(path)
    result = _followed(path)
    step_size = float(result["step_size"])
    limit = problem.train(ENDS_AT).sharpness
    assert 2 / step_size == pytest.approx(0.5 * limit, rel=5e-3)
    assert result["times"][-1] * limit == pytest.approx(40, abs=2 * limit * step_size)
    shapes = [matrix.shape for matrix in problem.weights]
    flat = np.concatenate([matrix.ravel() for matrix in problem.weights])
    for step in range(int(result["steps"][-1])):
        if step == result["steps"][1]:
            assert result["sharpness"][1] == pytest.approx(_top_of_hessian(flat, X, y, shapes), rel=1e-5)
        flat = flat - step_size * _gradient(flat, X, y, shapes)
    assert result["sharpness"][-1] == pytest.approx(_top_of_hessian(flat, X, y, shapes), rel=1e-5)


def test_the_flow_tells_its_time():
    """Two equal scalar weights a: `a' = -(a^2 - 1) a`, so that `a^2 = 1 / (1 + (1/a_0^2 - 1) e^(-2t))`."""
    seen = []
    start = np.array([[0.5]])
    gradient_flow([[1.0]], [1.0], [start, start], loss=1e-6, tolerance=1e-5, watch=lambda t, W: seen.append((t, W)))
    assert seen[0][0] == 0
    for time, weights in seen:
        product = (weights[0] @ weights[1])[0, 0]
        assert product == pytest.approx(1 / (1 + 3 * np.exp(-2 * time)), abs=1e-5)
    assert seen[-1][0] > 3.8


def _run(sharpness, step_size, loss=0.1):
    times = np.arange(len(sharpness)) * 1.0
    return {
        "times": times,
        "steps": np.arange(len(sharpness)),
        "sharpness": np.array(sharpness),
        "loss": np.full(len(sharpness), loss),
        "step_size": np.array(step_size),
        "outcome": np.array("step limit"),
        "last_step": np.array(len(sharpness)),
    }


def test_figure_1_tells_runs_that_leave_the_flow_from_those_that_follow_it():
    reproduction = Reproduction(POOLS)
    paths = figure_1.TARGETS[0].runs(reproduction)
    flow = _run([1, 2, 3, 4, 5, 6], np.nan)
    good = _run([1, 2, 2.9, 3, 3, 3], 2 / 3)
    far = _run([1, 1, 2.9, 3, 3, 3], 2 / 3)
    away = _run([1, 2, 2.9, 3, 2, 2], 2 / 3)

    def verdicts(last):
        shown = figure_1.TARGETS[0].show(reproduction, paths, [flow, good, good, last])
        return [one.holds for one in shown.observations]

    assert verdicts(good) == [True, True]
    assert verdicts(far) == [False, True]
    assert verdicts(away) == [True, False]
    assert verdicts(_run([3, 3, 3, 3, 3, 3], 2 / 3)) == [False, True]  # nothing to compare


def test_figure_3_orders_batches_and_steps():
    reproduction = Reproduction(POOLS)
    paths = figure_3.TARGETS[0].runs(reproduction)
    ends = [float(path.batch_size or path.samples) * (path.edge or 0) for path in paths]
    shown = figure_3.TARGETS[0].show(reproduction, paths, [_run([1, end, end], 0.1) for end in ends])
    assert [one.holds for one in shown.observations] == [True] * 4
    shown = figure_3.TARGETS[0].show(reproduction, paths, [_run([1, -end, -end], 0.1) for end in ends])
    assert [one.holds for one in shown.observations] == [False] * 4
    for same in (2.0, np.inf, np.nan):
        shown = figure_3.TARGETS[0].show(reproduction, paths, [_run([1, same, same], 0.1) for _ in paths])
        assert [one.holds for one in shown.observations] == [False] * 4


def test_figure_2_sees_where_the_factor_falls_with_the_width():
    reproduction = Reproduction(POOLS)
    paths = figure_2.TARGETS[0].runs(reproduction)

    def last(of_width):
        results = [_run([1, of_width(path.width)], np.nan) for path in paths]
        return figure_2.TARGETS[0].show(reproduction, paths, results).observations[2].holds

    kept = {64: 3.32, 128: 4.39, 256: 4.18, 512: 3.73}
    assert last(lambda width: kept[width])
    assert not any(
        last(of_width)
        for of_width in (lambda width: 1 / width, lambda width: np.inf if width == 128 else 1 / width, lambda _: 2.0)
    )


@pytest.mark.parametrize(("widest", "seen"), [(16, 2), (64, 2), (512, 3)])
def test_figure_2_compares_widths_where_there_are_several(widest, seen):
    reproduction = Reproduction(POOLS, networks=Networks(widths=(widest,)))
    paths = figure_2.TARGETS[0].runs(reproduction)
    assert max(path.width for path in paths) == widest
    ends = [path.samples + path.depth + path.width % 100 for path in paths]
    shown = figure_2.TARGETS[0].show(reproduction, paths, [_run([1, end], np.nan) for end in ends])
    assert [one.holds for one in shown.observations] == [True] * seen
    assert all(len(panel.curves) for panel in shown.panels)


@pytest.mark.parametrize("name", ["figure-1", "figure-2", "figure-3", "figure-30"])
def test_a_figure_asks_for_each_path_once(name):
    tasks = all_targets()[name].tasks(Reproduction(POOLS))
    assert len({task.key for task in tasks}) == len(tasks)
