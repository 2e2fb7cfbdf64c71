"""How long `sharpness bounds` takes on large matrices, and how much memory, each in a process of its own; on Linux."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from numerics.benchmarks.line import Line
from numerics.benchmarks.photographs import Matrices

_ROOT = Path(__file__).resolve().parents[2]
_BOUNDS = "from numerics.command_line import main; main()"
_QR = "import sys, numpy; numpy.linalg.qr(numpy.load(sys.argv[1]).astype(float))"
_SVD = "import sys, numpy; numpy.linalg.svd(numpy.load(sys.argv[1]).astype(float), full_matrices=False)"
# The kernel's VmHWM, not getrusage: ru_maxrss of a new process begins with the peak of the one that started it.
_PEAK = "VmHWM:"
_COST = f"""
import atexit, os, pathlib
def cost():
    print(sum(os.times()[:4]), pathlib.Path("/proc/self/status").read_text().split("{_PEAK}")[1].split()[0])
atexit.register(cost)
"""
_SCHEDULER = (
    "from distributed.cli.dask_scheduler import main\n"
    "main(['--host', '127.0.0.1', '--port', '0', '--no-dashboard', '--scheduler-file', {file!r}])"
)
_WORKER = (
    "from distributed.cli.dask_worker import main\n"
    "main(['--scheduler-file', {file!r}, '--host', '127.0.0.1', '--nthreads', '1', '--no-nanny', '--no-dashboard',"
    " '--local-directory', {folder!r}])"
)


@dataclass(frozen=True)
class _Cost:
    """Processor time and wall time in seconds, and the most memory in bytes."""

    seconds: float
    wall: float
    memory: float

    @classmethod
    def said(cls, text: str, wall: float) -> _Cost:
        """Read what a process says at its end."""
        seconds, kilobytes = text.splitlines()[-1].split()
        return cls(float(seconds), wall, 1024.0 * float(kilobytes))


def large_lines(matrices: Matrices) -> Iterator[Line]:
    """Measure by the command: on each number of rows, then the last on a Dask cluster that loses a worker."""
    with tempfile.TemporaryDirectory() as folder:
        x, y, columns = Path(folder) / "x.npy", Path(folder) / "y.npy", matrices.columns
        for count in matrices.counts:
            matrices.write(x, y, count)
            size, tall = 8.0 * count * columns, count > 10_000
            whole = _measured(_BOUNDS, "bounds", str(x), "--label", str(y))
            name, program, aim = ("qr, Q and R", _QR, "0.67") if tall else ("svd", _SVD, "0.5")
            what = f"bounds, {count:,} x {columns:,} in float32{', memory-mapped' if size / 2 > 1 << 28 else ''}"
            other = _measured(program, str(x)).seconds
            yield Line(what, whole.seconds, other, f"numpy.linalg.{name}", aim)
            yield _memory(whole.memory, size, "3" if tall else "")
        ours = _measured(_BOUNDS, "bounds", str(_in_parquet(Path(folder), x, y)))
        yield Line(f"the same from a folder of Parquet files, {count:,} rows", ours.seconds, None, "", "")
        yield _memory(ours.memory, size, "3")
        on_cluster = _on_a_cluster(Path(folder), x, y)
        what = f"the same on a Dask cluster of two workers, {count:,} rows, one killed on the way, wall time"
        yield Line(what, on_cluster.wall, whole.wall, "without the cluster, wall time")
        yield _memory(on_cluster.memory, size, "3", "the largest of its processes")


def _memory(memory: float, size: float, aim: str, whose: str = "") -> Line:
    return Line(f"memory of that; X in float64 is {size / 1e9:.2g} GB", memory / size, None, whose, aim, "X")


def _in_parquet(folder: Path, x: Path, y: Path) -> Path:
    """Write the same numbers as a table of 25 files, whose last column is the label."""
    import pyarrow
    from pyarrow import parquet

    images, labels, place = np.load(x, mmap_mode="r"), np.load(y), folder / "images.parquet"
    place.mkdir()
    for part, rows in enumerate(np.array_split(np.arange(len(labels)), 25)):
        block = images[rows[0] : rows[-1] + 1]
        columns = [pyarrow.array(np.ascontiguousarray(column)) for column in (*block.T, labels[rows])]
        names = [*(f"pixel {number}" for number in range(1, images.shape[1] + 1)), "label"]
        parquet.write_table(pyarrow.table(columns, names=names), place / f"{part}.parquet", use_dictionary=False)
    return place


def _measured(program: str, *arguments: str) -> _Cost:
    begun = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", _COST + program, *arguments], cwd=_ROOT, env=_one_thread(), capture_output=True
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr.decode())
    return _Cost.said(ran.stdout.decode(), time.monotonic() - begun)


def _on_a_cluster(folder: Path, x: Path, y: Path) -> _Cost:
    file = folder / "scheduler.json"
    programs = [_SCHEDULER.format(file=str(file))]
    programs += [_WORKER.format(file=str(file), folder=str(folder / name)) for name in ("a", "b")]
    started = [
        subprocess.Popen([sys.executable, "-c", program], cwd=_ROOT, env=_one_thread(), stderr=subprocess.DEVNULL)
        for program in programs
    ]
    try:
        while not file.exists() or not file.read_text().rstrip().endswith("}"):
            time.sleep(0.1)
        address = next(word for word in file.read_text().split('"') if word.startswith("tcp://"))
        command = [sys.executable, "-c", _COST + _BOUNDS, "bounds", str(x), "--label", str(y), "--cluster", address]
        begun = time.monotonic()
        with (
            tempfile.TemporaryFile("w+") as said,
            subprocess.Popen(
                command, cwd=_ROOT, env=_one_thread(), stdout=said, stderr=subprocess.PIPE, text=True
            ) as process,
        ):
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("reducing: ") and not line.startswith("reducing: 0 ") and started[1].poll() is None:
                    started[1].send_signal(signal.SIGKILL)
            process.wait()
            if process.returncode or started[1].poll() is None:
                raise RuntimeError("the command failed on the cluster, or no worker was killed")
            said.seek(0)
            client = _Cost.said(said.read(), time.monotonic() - begun)
        memory = max(client.memory, *(_peak(one.pid) for one in (started[0], started[2])))
        return replace(client, memory=memory)
    finally:
        for one in started:
            one.kill()
            one.wait()


def _peak(process: int) -> float:
    return 1024.0 * float(Path(f"/proc/{process}/status").read_text().split(_PEAK)[1].split()[0])


def _one_thread() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
