"""`study` with widths, and `sharpness network` without a step size: predicted, law, bounds; trained; compared."""

import numpy as np
import pytest

from numerics import study
from numerics.interface.network_study import NetworkStudy
from numerics.networks.problem import NetworkProblem
from theory.errors import DegenerateDataError, NotFiniteError, ParameterError, SharpnessError

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(8, 60))
Y = np.sign(RANDOM.normal(size=8))


def test_a_linear_network_ends_where_the_law_says_and_between_its_bounds():
    for widths in ((30,), (30, 20)):
        found = study(X, Y, widths=widths, activation="identity", seed=2)
        assert isinstance(found, NetworkStudy)
        trained = found.train(1e-6)
        assert found.bounds.lower < trained.sharpness < found.bounds.upper
        assert trained.sharpness == pytest.approx(found.law, rel=0.02)
        assert trained.sharpness == pytest.approx(trained.end.sharpness, rel=5e-3)
        assert f"{trained.sharpness / found.law:.3f}" in trained.compare()


def test_another_activation_has_no_bounds_and_says_what_a_linear_network_would_do():
    found = study(X, Y, widths="20,20", activation="tanh")
    assert found.bounds is None
    assert found.law == pytest.approx(study(X, Y, widths="20,20", activation="identity").law)
    trained = found.train()
    assert trained.end.loss == pytest.approx(1e-4, rel=1e-3)
    assert "bounds" not in repr(trained)
    assert "<table" in trained._repr_html_()


def test_labels_out_of_reach_are_projected_for_a_linear_network():
    tall = RANDOM.normal(size=(20, 3))
    trained = study(tall, RANDOM.normal(size=20), widths=(9,), activation="identity").train()
    assert trained.end.sharpness == pytest.approx(trained.sharpness, rel=0.02)


def test_wrong_networks_are_refused():
    with pytest.raises(ParameterError, match="the widths are"):
        study(X, Y, widths=())
    with pytest.raises(ParameterError, match="there is no activation"):
        study(X, Y, widths=(3,), activation="gelu")


def test_what_is_learned_is_measured_on_the_labels_that_can_be_reached():
    random = np.random.default_rng(1)
    tall = random.normal(size=(20, 3))
    outside = random.normal(size=20)
    outside -= tall @ np.linalg.lstsq(tall, outside, rcond=None)[0]
    found = study(tall, outside + 0.01 * tall[:, 0], widths=(9,), activation="identity", init="small")
    trained = found.train(1e-6)
    assert trained.end.steps > 0
    assert trained.sharpness == pytest.approx(found.law, rel=0.02)


def test_labels_that_are_all_zero_are_refused():
    with pytest.raises(DegenerateDataError):
        study(X, 0 * Y, widths=(8,), activation="identity").train()


@pytest.mark.parametrize(
    "more",
    [
        {"depth": 2},
        {"step_size": 0.1},
        {"imbalance": 1},
        {"alpha": 1},
        {"beta": 1},
        {"rank_tolerance": 1e-9},
        {"digits": 5},
    ],
)
def test_what_a_network_does_not_follow_is_refused(more):
    with pytest.raises(ParameterError, match=f"does not follow {next(iter(more))}"):
        study(X, Y, widths=(3,), **more)


def test_names_that_are_none_are_refused():
    with pytest.raises(ParameterError, match="an activation is a network's"):
        study(X, Y, activation="tanh")
    for name in (None, ["tanh"]):
        with pytest.raises(ParameterError, match="there is no start"):
            study(X, Y, widths=(3,), init=name or ([1.0], [0.5]))
    with pytest.raises(ParameterError, match="there is no activation"):
        study(X, Y, widths=(3,), activation=["tanh"])


@pytest.mark.parametrize("loss", [0.6, 10, "3"])
def test_a_loss_that_the_start_has_already_is_refused(loss):
    with pytest.raises(ParameterError, match=r"and 0\.\d+ at the start"):
        study(X, Y, widths=(8,), activation="tanh").train(loss)


@pytest.mark.parametrize("loss", [None, "x", float("nan"), float("inf"), 0, -1])
def test_a_loss_that_is_none_is_refused(loss):
    with pytest.raises(SharpnessError):
        study(X, Y, widths=(8,)).train(loss)


def test_a_loss_may_be_a_text():
    found = study(X, Y, widths=(8,), activation="identity")
    assert found.train("1e-3").sharpness == found.train(1e-3).sharpness


def test_labels_beside_the_data_teach_a_linear_network_nothing():
    tall = RANDOM.normal(size=(20, 3))
    beside = RANDOM.normal(size=20)
    beside -= tall @ np.linalg.lstsq(tall, beside, rcond=None)[0]
    with pytest.raises(DegenerateDataError, match="orthogonal to the columns"):
        study(tall, beside, widths=(4,), activation="identity").train()


@pytest.mark.parametrize("size", [1e-300, 1e-162, 5e-324])
@pytest.mark.parametrize("activation", ["tanh", "identity"])
def test_small_labels_are_not_taken_for_none(size, activation):
    with pytest.raises(NotFiniteError, match="rescale the data"):
        study([[1, 2], [3, 1]], [size, -size], widths=(4,), activation=activation).train()


@pytest.mark.parametrize("size", [2.0**-1000, 2.0**-500, 2.0**500])
def test_what_can_be_learned_scales_with_the_labels(size):
    tall = RANDOM.normal(size=(20, 3))
    labels = RANDOM.normal(size=20)
    one, scaled = (NetworkProblem(tall, factor * labels, (4,), "identity").reachable for factor in (1.0, size))
    assert scaled / size == pytest.approx(one, rel=1e-12)


def test_weights_beyond_float64_are_said_in_one_line():
    for name in ("identity", "relu", "silu"):
        with pytest.raises(NotFiniteError, match="leaves the range"):
            study(1e200 * X, Y, widths=(8,), activation=name).train()


def test_a_deep_network_is_trained_without_a_warning():
    trained = study(X[:, :5], Y, widths=(5,) * 20, activation="identity").train()
    assert trained.end.loss == pytest.approx(1e-4 * np.sum(trained.study.problem.reachable**2) / 8, rel=1e-3)
