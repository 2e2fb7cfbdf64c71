import numpy as np
import pytest

from numerics.work.files import seal
from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers, Workers
from numerics.work.source_version import forget
from numerics.work.store import Store
from numerics.work.task import Task, code_version, perform
from tests.numerics.work.damages import DAMAGES
from theory.errors import ParameterError, SharpnessError

ECHO = "numerics.work.task:echo"


def _echo(times: float, x=(1.0, 2.0), data: str = "") -> Task:
    return Task(ECHO, {"times": times}, data, lambda: {"x": np.array(x)})


class Counting:
    def __init__(self):
        self.computed = self.kept = 0

    def __call__(self, task, kept):
        self.kept += kept
        self.computed += not kept


def test_results_come_in_the_order_of_the_tasks_and_the_second_time_from_the_store(tmp_path):
    tasks, store = [_echo(k / 3) for k in range(7)], Store(tmp_path)
    first, second = Counting(), Counting()
    once = sweep(tasks, LocalWorkers(1), store, ended=first)
    again = sweep(tasks, LocalWorkers(1), store, ended=second)
    for k, (a, b) in enumerate(zip(once, again, strict=True)):
        assert a["x"].tolist() == [1.0 * (k / 3), 2.0 * (k / 3)]
        assert a["x"].tobytes() == b["x"].tobytes()
    assert (first.computed, first.kept, second.computed, second.kept) == (7, 0, 0, 7)
    assert len(store) == 7


def test_a_change_recomputes_what_changed_and_nothing_else(tmp_path):
    store, count = Store(tmp_path), Counting()
    sweep([_echo(1), _echo(2), _echo(3)], LocalWorkers(1), store)
    sweep([_echo(1), _echo(2, data="other data"), _echo(4)], LocalWorkers(1), store, ended=count)
    assert (count.computed, count.kept) == (2, 1)


def test_fresh_computes_what_is_kept(tmp_path):
    store, count = Store(tmp_path), Counting()
    sweep([_echo(1)], LocalWorkers(1), store)
    sweep([_echo(1)], LocalWorkers(1), store, fresh=True, ended=count)
    assert (count.computed, count.kept) == (1, 0)


def test_equal_tasks_are_computed_once(tmp_path):
    class One(Workers):
        def results(self, tasks, store):
            (only,) = tasks
            yield only, only.perform()

    results = sweep([_echo(5), _echo(5), _echo(5)], One(), Store(tmp_path))
    assert [result["x"].tolist() for result in results] == [[5.0, 10.0]] * 3


def test_a_key_depends_on_everything_that_determines_the_result():
    keys = {
        _echo(1).key,
        _echo(2).key,
        _echo(1, data="d").key,
        Task("numerics.work.task:perform", {"times": 1}, "").key,
        Task(ECHO, {"times": 1, "more": None}, "").key,
    }
    assert len(keys) == 5
    assert _echo(1).key == _echo(1, x=(9.0,)).key  # the arrays are known by `data`, not made to be looked at


def test_a_key_depends_on_the_code(slow_tasks):
    before = code_version("slow_tasks:cube")
    forget()
    with (slow_tasks / "slow_tasks.py").open("a") as source:
        source.write("\n# changed\n")
    assert code_version("slow_tasks:cube") != before
    forget()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_counts_as_not_there_and_is_replaced(tmp_path, damage):
    store = Store(tmp_path)
    store.save("key", {"x": np.arange(5.0)})
    assert store.load("key")["x"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    (path,) = tmp_path.rglob("*.result")
    damage(path)
    assert store.load("key") is None
    store.save("key", {"x": np.arange(2.0)})
    assert store.load("key")["x"].tolist() == [0.0, 1.0]
    assert len(list(tmp_path.rglob("*.result"))) == len(list(path.parent.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b"[" * 100_000, b"\x93NUMPY\x01\x00" + b"(" * 500])
def test_what_is_no_archive_counts_as_not_there_whatever_its_digest(tmp_path, content):
    store = Store(tmp_path)
    store.save("key", {})
    (path,) = tmp_path.rglob("*.result")
    path.write_bytes(seal(content))
    assert store.load("key") is None


def test_a_result_never_runs_code(tmp_path):
    import io

    packed = io.BytesIO()
    np.savez(packed, x=np.array([print], dtype=object), allow_pickle=True)
    content = packed.getvalue()
    store = Store(tmp_path)
    store.save("key", {})
    (path,) = tmp_path.rglob("*.result")
    path.write_bytes(seal(content))
    with pytest.raises(ValueError, match="pickle"):
        np.load(io.BytesIO(content), allow_pickle=False)["x"]
    assert store.load("key") is None


def test_a_store_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SharpnessError, match="set SHARPNESS_CACHE to another folder"):
        Store(tmp_path / "file" / "below").save("key", {"x": np.zeros(1)})


def test_another_version_of_the_code_is_refused():
    with pytest.raises(SharpnessError, match="install the same on every machine"):
        perform(ECHO, {"times": 1}, {}, version="another")


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_below_one_are_refused(jobs):
    with pytest.raises(ParameterError, match=f"jobs is {jobs}"):
        LocalWorkers(jobs)
