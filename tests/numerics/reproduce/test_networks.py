"""Tables and figures of trained networks: what they compare, with small networks."""

import dataclasses
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from numerics.data import load
from numerics.networks.problem import NetworkProblem
from numerics.reproduce.network_figure import NetworkScatter
from numerics.reproduce.network_table import NetworkTable
from numerics.reproduce.network_task import NetworkRun
from numerics.reproduce.paper_data import find_pools
from numerics.reproduce.reproduction import Networks, Reproduction
from numerics.reproduce.target import all_targets, reports
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store

ALL = tomllib.loads((files("numerics.reproduce") / "published_networks.toml").read_text())


def test_every_table_is_printed_in_full():
    tables = [name for name in ALL if name.startswith("table-")]
    assert tables == ["table-5", "table-6", "table-7"]
    assert set(tables) <= set(all_targets())
    for table in tables:
        for sizes in ALL[table].values():
            for quantities in sizes.values():
                assert set(quantities) == {"correlation", "mean"}
                for quantity, rows in quantities.items():
                    assert list(rows) == ["identity", "tanh", "silu", "elu"]
                    values = np.array(list(rows.values()))
                    assert values.shape == (4, 3, 3)
                    assert (values <= 1).all() == (quantity == "correlation")


@pytest.mark.slow
def test_a_table_trains_its_networks_and_a_figure_shows_the_same(data_folder, tmp_path):
    networks = Networks((8,), (3,), (20,))
    reproduction = Reproduction(find_pools(data_folder), 3, networks)
    table, figure = reports(
        [
            NetworkTable("table-5", "", "cifar10", (20, 30)),
            NetworkScatter("figure-8", "", [("cifar10", 20, name, 3, 512) for name in Networks.activations]),
        ],
        reproduction,
        LocalWorkers(1),
        Store(tmp_path),
        fresh=False,
    )
    cells = table.record["cells"]
    assert {cell["samples"] for cell in cells} == {20}
    assert [cell["activation"] for cell in cells] == ["identity", "tanh", "silu", "elu"]
    assert all(cell["status"] == "computed" for cell in cells)
    data = load(f"cifar10:{data_folder / 'cifar-10-batches-py'}:cat,dog", samples=20, seed=1)
    problem = NetworkProblem(data.X, data.y, (8, 8), "identity", seed=1)
    assert cells[0]["values"][1] == pytest.approx(problem.train(1e-4).sharpness, rel=1e-6)
    assert cells[0]["predicted_values"][1] == pytest.approx(problem.predicted)
    assert "law" in cells[0]
    assert "law" not in cells[1]
    assert [panel.curves[0].y.tolist() for panel in figure.panels] == [cell["values"] for cell in cells]


TABLE = NetworkTable("table-5", "", "cifar10", (100,))


def _cell(name, run, found):
    draws = found and [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
    return dataclasses.replace(TABLE, name=name).cell(run, draws)


def test_a_cell_says_how_far_its_correlation_is_from_the_papers():
    place = NetworkRun("cifar10", 100, "tanh", 3, 512)
    line = np.array([1.0, 2.0, 3.0])
    close = _cell("table-5", place, {"predicted": line, "trained": line + np.array([0, 0.6, 0]), "law": line * np.nan})
    assert close["published"] == {"correlation": 0.9, "mean": 248}
    assert close["verdict"] == "correlation within 0.05"
    apart = _cell("table-5", place, {"predicted": line, "trained": -line, "law": line})
    assert (apart["verdict"], apart["correlation"]) == ("correlation differs", pytest.approx(-1))
    none = _cell("table-5", place, None)
    assert none["status"] == "no data"
    assert "no data | 248 | no data |  | 0.90 |" in TABLE.lines([none])[-1]
    assert _cell("table-5", NetworkRun("cifar10", 100, "tanh", 3, 64), None).get("published") is None


def test_a_cell_without_spread_has_no_correlation():
    """Whose mean of draws, each 0.1, is not 0.1 in float64."""
    line = np.arange(1.0, 11.0)
    cell = _cell(
        "table-5",
        NetworkRun("cifar10", 100, "tanh", 3, 512),
        dict.fromkeys(("predicted", "law"), 0 * line + 0.1) | {"trained": line},
    )
    assert cell["correlation"] is cell["law_correlation"] is None
    assert not {"interval", "verdict", "errors_apart"} & set(cell)
    assert "|  |  | 0.90 |" in TABLE.lines([cell])[-1]


def test_inside_the_papers_rounding_no_correlation_is_apart():
    random = np.random.default_rng(0)
    line = random.normal(size=50)
    trained = 9 + line + 0.05 * random.normal(size=50)
    cell = _cell(
        "table-6", NetworkRun("svhn", 100, "identity", 3, 512), {"predicted": line, "trained": trained, "law": line}
    )
    assert cell["published"]["correlation"] == 1
    assert 0.995 < cell["correlation"] < 0.9995
    assert cell["errors_apart"] == 0
