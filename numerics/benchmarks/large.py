"""How long `sharpness bounds` takes on large matrices, and how much memory, each in a process of its own.

The matrices stand in for photographs: random fields of 32 x 32 pixels and three correlated channels whose power falls
with the square of the frequency, as that of photographs does, in 8 bits, standardized, in float32.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.benchmarks.line import Line

_ROOT = Path(__file__).resolve().parents[2]
_QR = "import sys, numpy; numpy.linalg.qr(numpy.load(sys.argv[1]).astype(float))"
_SVD = "import sys, numpy; numpy.linalg.svd(numpy.load(sys.argv[1]).astype(float), full_matrices=False)"
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


def large_lines(rows: Sequence[int] = (5_000, 10_000, 50_000)) -> Iterator[Line]:
    """Measure by the command: on each number of rows, then the last on a Dask cluster that loses a worker."""
    with tempfile.TemporaryDirectory() as folder:
        x, y = Path(folder) / "x.npy", Path(folder) / "y.npy"
        for count in rows:
            _write_images(x, y, count)
            size = 8.0 * count * 3072
            ours = _measured(["-m", "numerics.command_line", "bounds", str(x), "--label", str(y)])
            tall = count > 10_000
            peers = {"numpy.linalg.qr, Q and R": (_QR, "0.67")} if tall else {"numpy.linalg.svd": (_SVD, "0.5")}
            what = f"bounds, {count:,} x 3,072 in float32{', memory-mapped' if 4 * count * 3072 > 1 << 28 else ''}"
            for name, (program, aim) in peers.items():
                yield Line(what, ours.seconds, _measured(["-c", program, str(x)]).seconds, name, aim)
            yield _memory(ours, size, "3" if tall else "")
        ours = _measured(["-m", "numerics.command_line", "bounds", str(_in_parquet(Path(folder), x, y))])
        yield Line(f"the same from a folder of Parquet files, {count:,} rows", ours.seconds, None, "", "")
        yield _memory(ours, size, "3")
        yield _on_a_cluster(Path(folder), x, y, count)


def _memory(cost: _Cost, size: float, aim: str) -> Line:
    return Line(f"memory of that; X in float64 is {size / 1e9:.2g} GB", cost.memory / size, None, "", aim, "X")


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


def _write_images(x: Path, y: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    frequency = np.hypot(np.fft.fftfreq(32)[:, np.newaxis], np.fft.rfftfreq(32)) * 32
    amplitude, mix = 1 / np.maximum(frequency, 1.0), np.linalg.cholesky(0.9 + 0.1 * np.eye(3))
    images = np.lib.format.open_memmap(x, mode="w+", dtype=np.float32, shape=(count, 3072))
    for first in range(0, count, 1000):
        noise = rng.standard_normal((min(1000, count - first), 3, 32, 32))
        fields = np.fft.irfft2(np.fft.rfft2(noise) * amplitude, s=(32, 32))
        pixels = np.clip(np.rint(128 + 350 * np.einsum("ij,njhw->nihw", mix, fields)), 0, 255)
        block: NDArray[np.float32] = ((pixels - 128) / 64).reshape(len(noise), -1).astype(np.float32)
        images[first : first + len(noise)] = block
    images.flush()
    np.save(y, np.where(rng.standard_normal(count) > 0, 1.0, -1.0))


def _measured(arguments: Sequence[str]) -> _Cost:
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=_ROOT, env=_one_thread(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said.decode())
    return _Cost(used.ru_utime + used.ru_stime, time.monotonic() - begun, 1024.0 * used.ru_maxrss)


def _on_a_cluster(folder: Path, x: Path, y: Path, count: int) -> Line:
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
        command = ["-m", "numerics.command_line", "bounds", str(x), "--label", str(y), "--cluster", address]
        begun = time.monotonic()
        with subprocess.Popen(
            [sys.executable, *command],
            cwd=_ROOT,
            env=_one_thread(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("reducing: ") and not line.startswith("reducing: 0 ") and started[1].poll() is None:
                    started[1].send_signal(signal.SIGKILL)
        if process.returncode or started[1].poll() is None:
            raise RuntimeError("the command failed on the cluster, or no worker was killed")
        what = f"wall time of the same on a Dask cluster of two workers, {count:,} rows, one killed on the way"
        return Line(what, time.monotonic() - begun, None, "", "")
    finally:
        for one in started:
            one.kill()
            one.wait()


def _one_thread() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
