"""How long `sharpness bounds` takes on large matrices, and how much memory, each in a process of its own; on Linux."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from numerics.benchmarks.commands import ROOT, command, environment, python
from numerics.benchmarks.line import Line
from numerics.benchmarks.photographs import Matrices

_QR = "import sys, numpy; numpy.linalg.qr(numpy.load(sys.argv[1]).astype(float))"
_SVD = "import sys, numpy; numpy.linalg.svd(numpy.load(sys.argv[1]).astype(float), full_matrices=False)"
_BOUNDS = """
import atexit, pathlib
atexit.register(lambda: print(pathlib.Path("/proc/self/status").read_text()))
from numerics.command_line import main
main()
"""
"""The command, which says in the end what the kernel knows of its process."""
_SCHEDULER = (
    "from distributed.cli.dask_scheduler import main\n"
    "main(['--host', '127.0.0.1', '--port', '0', '--no-dashboard', '--scheduler-file', {file!r}])"
)
_WORKER = (
    "from distributed.cli.dask_worker import main\n"
    "main(['--scheduler-file', {file!r}, '--host', '127.0.0.1', '--nthreads', '1', '--no-nanny', '--no-dashboard',"
    " '--local-directory', {folder!r}])"
)
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}


def large_lines(matrices: Matrices) -> Iterator[Line]:
    """Measure by the command: on each number of rows, then the last on a Dask cluster that loses a worker."""
    command("bounds", "digits:3,5", "--depth", "3")  # which leaves bytecode
    with tempfile.TemporaryDirectory() as folder:
        x, y, columns = Path(folder) / "x.npy", Path(folder) / "y.npy", matrices.columns
        for count in matrices.counts:
            matrices.write(x, y, count)
            size, tall = 8.0 * count * columns, count > 10_000
            whole = python("-c", _BOUNDS, "bounds", str(x), "--label", str(y), **_ONE_THREAD)
            name, program, aim = ("qr, Q and R", _QR, "0.67") if tall else ("svd", _SVD, "0.5")
            what = f"bounds, {count:,} x {columns:,} in float32{', memory-mapped' if size / 2 > 1 << 28 else ''}"
            other = python("-c", program, str(x), **_ONE_THREAD).processor
            yield Line(what, whole.processor, other, f"numpy.linalg.{name}", aim)
            yield _memory(_peak(whole.printed), size, "3" if tall else "")
        ours = python("-c", _BOUNDS, "bounds", str(_in_parquet(Path(folder), x, y)), **_ONE_THREAD)
        yield Line(f"the same from a folder of Parquet files, {count:,} rows", ours.processor, None, "", "")
        yield _memory(_peak(ours.printed), size, "3")
        wall, memory = _on_a_cluster(Path(folder), x, y)
        what = f"the same on a Dask cluster of two workers, {count:,} rows, one killed on the way, wall time"
        yield Line(what, wall, whole.wall, "without the cluster, wall time")
        yield _memory(memory, size, "3", "the largest of its processes")


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


def _peak(status: str) -> float:
    """Give the most bytes of memory that a process had, from the kernel's words.

    The `ru_maxrss` of a new process begins with the peak of the one that started it.
    """
    return 1024.0 * float(status.split("VmHWM:")[1].split()[0])


def _on_a_cluster(folder: Path, x: Path, y: Path) -> tuple[float, float]:
    """Give the seconds on the clock, and the largest memory of a process."""
    file = folder / "scheduler.json"

    def begin(*arguments: str, stderr: int, stdout: int | None = None) -> subprocess.Popen[str]:
        command, variables = [sys.executable, "-c", *arguments], environment(**_ONE_THREAD)
        return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=stdout, stderr=stderr, text=True)

    programs = [_SCHEDULER.format(file=str(file))]
    programs += [_WORKER.format(file=str(file), folder=str(folder / name)) for name in ("a", "b")]
    started = [begin(program, stderr=subprocess.DEVNULL) for program in programs]
    try:
        while not file.exists() or not file.read_text().rstrip().endswith("}"):
            time.sleep(0.1)
        address = next(word for word in file.read_text().split('"') if word.startswith("tcp://"))
        asked = (_BOUNDS, "bounds", str(x), "--label", str(y), "--cluster", address)
        begun = time.monotonic()
        with begin(*asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("reducing: ") and not line.startswith("reducing: 0 ") and started[1].poll() is None:
                    started[1].send_signal(signal.SIGKILL)
            printed = process.stdout.read()
        wall = time.monotonic() - begun
        if process.returncode or started[1].poll() is None:
            raise RuntimeError("the command failed on the cluster, or no worker was killed")
        others = (Path(f"/proc/{one.pid}/status").read_text() for one in (started[0], started[2]))
        return wall, max(map(_peak, (printed, *others)))
    finally:
        for one in started:
            one.kill()
            one.wait()
