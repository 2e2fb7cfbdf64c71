"""Kernels for the pages, forked from one process that has loaded what every page loads.

A kernel that starts by itself loads IPython and this project for longer than most pages take. Jupyter starts a few
lines instead that need next to nothing: they have a kernel forked, and end when that does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
import tempfile
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ASK = """
import os, sys
from _socket import AF_UNIX, socket  # what the whole of `socket` needs would take longer than all the rest
server = socket(AF_UNIX)
server.connect(sys.argv[1])
server.sendall(f"{(sys.argv[2:], os.getcwd(), dict(os.environ))!r}\\n".encode())
server.recv(1)  # nothing comes but the end
"""


@contextmanager
def forked() -> Iterator[None]:
    """Have Jupyter's kernels forked, each into the environment and the folder that it was to start in.

    Elsewhere than on Linux, where a process that has loaded libraries cannot safely be forked, they start as ever.
    """
    if sys.platform != "linux":
        yield
        return
    serve = "import sys; from book.rendering.kernels import serve; serve(int(sys.argv[1]))"
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        path = Path(folder, "kernels", "python3", "kernel.json")
        path.parent.mkdir(parents=True)
        ask = [sys.executable, "-I", "-S", "-c", _ASK, f"{folder}/socket", "-f", "{connection_file}"]
        spec = {"argv": ask, "display_name": "Python 3", "language": "python", "interrupt_mode": "message"}
        path.write_text(json.dumps(spec), encoding="utf-8")
        listener.bind(f"{folder}/socket")
        listener.listen(64)
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [folder, os.environ.get("JUPYTER_PATH")]))
        command = [sys.executable, "-c", serve, str(listener.fileno())]
        with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[listener.fileno()]):
            yield  # the end of the server's input is its end


def serve(listener: int) -> None:
    """Fork a kernel for each connection to a socket, until standard input ends."""
    from ipykernel.kernelapp import IPKernelApp

    _load()
    with socket.socket(fileno=listener) as asked_at:
        while True:
            ready, _, _ = select.select([asked_at, sys.stdin], [], [], 1.0)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if sys.stdin in ready:
                return
            if asked_at in ready:
                asked, _ = asked_at.accept()
                server = os.getpid()
                if os.fork() == 0:
                    break
                asked.close()
    with asked.makefile(encoding="utf-8") as text:
        arguments, folder, environment = literal_eval(text.readline())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    quiet = "--IPKernelApp.log_level=ERROR"  # a warning that it listens without encryption, on this machine alone
    IPKernelApp.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={server}", quiet])
    os._exit(0)  # to take apart all that was loaded takes longer than to begin does


def _load() -> None:
    """Load what most pages load, and draw a picture: what is there now, no kernel loads again."""
    gc.disable()  # a page is over before what it no longer needs is much
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody looks into a kernel with a debugger
    for name in ("ipykernel.debugger", "IPython.core.debugger", "IPython.core.oinspect", "psutil", "sqlite3"):
        importlib.import_module(name)
    from book.rendering import figures
    from book.rendering.cards import proof, show
    from book.rendering.evidence import records
    from book.rendering.named_items import titles
    from book.rendering.picture import panels, picture
    from numerics import study

    for found in pkgutil.iter_modules(figures.__path__, f"{figures.__name__}."):
        importlib.import_module(found.name)
    records()
    titles()
    show("thm-4.3")
    proof("thm-4.3")
    study("digits:3,5").train(step_size=0.01, steps=1).frame()
    with panels() as (figure, axes):
        axes.loglog([1, 1000], [1, 1000], label="$x^2$")
        axes.legend()
    picture(figure, "", "")
