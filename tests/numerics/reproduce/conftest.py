import pickle

import numpy as np
import pytest

CLASSES = [b"airplane", b"automobile", b"bird", b"cat", b"deer", b"dog", b"frog", b"horse", b"ship", b"truck"]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """A folder with 130 cats and 120 dogs of noise over a few common patterns, in CIFAR-10's format."""
    random = np.random.default_rng(5)
    labels = np.array([3] * 130 + [5] * 120)
    patterns = random.normal(size=(12, 3072)) * np.geomspace(60, 5, 12)[:, None]
    pixels = 120 + random.normal(size=(250, 12)) @ patterns + random.normal(0, 25, (250, 3072))
    images = np.clip(pixels, 0, 255).astype(np.uint8)
    order = random.permutation(250)
    folder = tmp_path_factory.mktemp("published") / "data"
    batches = folder / "cifar-10-batches-py"
    batches.mkdir(parents=True)
    (batches / "batches.meta").write_bytes(pickle.dumps({b"label_names": CLASSES}, 2))
    for number, part in enumerate(np.array_split(order, 5), start=1):
        batch = {b"labels": labels[part].tolist(), b"data": images[part]}
        (batches / f"data_batch_{number}").write_bytes(pickle.dumps(batch, 2))
    return folder


@pytest.fixture
def own_store(tmp_path, monkeypatch):
    """Keep finished tasks apart from everybody else's."""
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "sweeps"
