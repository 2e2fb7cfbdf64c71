import pkgutil
from pathlib import Path

import numpy as np
import pytest

import numerics.data.known_sources
from numerics.data import Dataset, Source, load, sources
from theory.errors import DataFileError, DegenerateDataError, NotFiniteError, ParameterError, ShapeError, SharpnessError


def test_every_file_with_a_source_is_found():
    modules = {module.name for module in pkgutil.iter_modules(numerics.data.known_sources.__path__)}
    texts = {name: (Path(numerics.data.known_sources.__path__[0]) / f"{name}.py").read_text() for name in modules}
    defining = {name for name, text in texts.items() if "\nSOURCE = Source(" in text}
    found = {source.load.__module__.rpartition(".")[2] for source in sources().values()}
    assert found == defining
    assert {"digits", "cifar10", "minimal", "gaussian"} <= set(sources())


@pytest.mark.parametrize("source", sources().values(), ids=sources().keys())
def test_a_source_explains_itself(source: Source):
    assert source.summary
    assert source.form.startswith(f"{source.scheme}:")
    text = source.example if source.suffixes else source.example.removeprefix(f"{source.scheme}:")
    assert source.suffixes or text != source.example
    source.parse(text)  # the example is right


def test_a_new_source_is_one_new_file(tmp_path, monkeypatch):
    (tmp_path / "constant_for_test.py").write_text(
        "from numerics.data import Dataset, Source\n"
        "import numpy as np\n"
        "SOURCE = Source('constant:V', 'constant:1', 'one number', float,\n"
        "                lambda name, value, subset: Dataset(name, np.array([[value]]), np.array([value])))\n"
    )
    monkeypatch.setattr(numerics.data.known_sources, "__path__", [*numerics.data.known_sources.__path__, str(tmp_path)])
    sources.cache_clear()
    try:
        assert load("constant:2.5").y.tolist() == [2.5]
        with pytest.raises(DataFileError, match=r"constant:x: .*write constant:V, for example constant:1"):
            load("constant:x")
    finally:
        sources.cache_clear()


@pytest.mark.parametrize("text", ["", ":", "nothing", "digit:3,5", "DIGITS:3,5", "data.txt", "a:b:c", "measurements"])
def test_an_unknown_source_is_answered_with_the_known_ones(text):
    with pytest.raises(
        DataFileError, match=r"digits:A,B.*minimal:N,s1,s2,d1,d2.*\.csv, \.csv\.gz, .*\.npy, \.npz, .*\.tsv"
    ) as caught:
        load(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "digits:",
        "digits:3",
        "digits:3,5,7",
        "digits:3,3",
        "digits:3,",
        "digits:3,10",
        "digits:-1,3",
        "digits:a,b",
        "digits:3;5",
        "gaussian:",
        "gaussian:5",
        "gaussian:0,3",
        "gaussian:3,0",
        "gaussian:-3,2",
        "gaussian:3.5,2",
        "gaussian:1e3,2",
        "gaussian:99999999,99999999",
        "gaussian:" + "9" * 5000 + ",2",
        "minimal:",
        "minimal:100,1,1,1",
        "minimal:100,1,1,1,1,1",
        "minimal:1,2,1,1,1",
        "minimal:2.5,2,1,1,1",
        "minimal:100,1,2,1,1",
        "minimal:100,2,0,1,1",
        "minimal:100,2,-1,1,1",
        "minimal:100,nan,1,1,1",
        "minimal:100,inf,1,1,1",
        "minimal:100,2,1,x,1",
        "minimal:100,2,1,1/0,1",
        "minimal:100,1e999999999,1,1,1",
        "minimal:100,1e200,1,1,1",
        "minimal:100,1e140/1e-140,1,1,1",
        "minimal:" + "9" * 5000 + ",2,1,1,1",
        "cifar10:",
        "cifar10:cat,dog",
        "cifar10::cat,dog",
        "cifar10:folder:cat",
        "cifar10:folder:cat,cat",
    ],
)
def test_malformed_parameters_are_answered_with_the_form_and_an_example(text):
    source = sources()[text.partition(":")[0]]
    with pytest.raises(DataFileError) as caught:
        load(text)
    message = str(caught.value)
    assert f"write {source.form}, for example {source.example}" in message
    assert "\n" not in message


@pytest.mark.parametrize("samples", [0, -1, 2.0, 2.5, True, "3", float("nan")])
def test_a_number_of_samples_is_whole_and_positive(samples):
    with pytest.raises(ParameterError, match="samples is"):
        load("gaussian:5,2", samples=samples)


@pytest.mark.parametrize("seed", [-1, 0.5, None, False])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ParameterError, match="seed is"):
        load("gaussian:5,2", seed=seed)


def test_arrays_cannot_be_changed():
    data = load("gaussian:5,2")
    for array in (data.X, data.y):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_dataset_leaves_the_callers_arrays_alone():
    X, y = np.ones((2, 1)), np.ones(2)
    data = Dataset("mine", X, y)
    X[0] = 5.0
    assert data.X[0, 0] == 1.0


@pytest.mark.parametrize(
    ("X", "y", "error", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], ShapeError, r"X has 1 dimension.* shape \(2,\)"),
        ([[[[[1.0]]]]], [1.0], ShapeError, r"X has 5 dimension"),
        (3.0, [1.0], ShapeError, r"X has 0 dimension"),
        ([[1.0], [2.0]], [[1.0, 0.0], [2.0, 0.0]], ShapeError, r"y has 2 dimension"),
        ([[1.0], [2.0]], [1.0], ShapeError, r"2 rows but y has 1 labels"),
        ([[1.0], [2.0, 3.0]], [1.0, 2.0], ShapeError, r"rows of X have different lengths"),
        ([["a"], ["b"]], [1.0, 2.0], ShapeError, r"X holds str"),
        ([[1j], [2.0]], [1.0, 2.0], ShapeError, r"X holds complex128"),
        (np.empty((0, 3)), np.empty(0), DegenerateDataError, "X has no rows"),
        (np.empty((3, 0)), np.empty(3), DegenerateDataError, "X has no columns"),
        ([[1.0, 2.0], [3.0, np.nan]], [1.0, 2.0], NotFiniteError, "X holds nan at row 2, column 2"),
        ([[1.0], [2.0]], [1.0, -np.inf], NotFiniteError, "y holds -inf at row 2"),
    ],
)
def test_arrays_that_are_no_data_set(X, y, error, message):
    with pytest.raises(error, match=message) as caught:
        Dataset("mine", X, y)
    assert isinstance(caught.value, SharpnessError)
    assert "\n" not in str(caught.value)
