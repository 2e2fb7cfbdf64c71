"""Fetching the published data sets: checked, resumed where it was cut off, and unpacked whole or not at all."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError, ParameterError

if TYPE_CHECKING:
    import requests

_SECONDS = 30  # without a byte
_CHUNK = 2**18

Watcher = Callable[[int, int | None], None]
"""Hears of the bytes that are there and of those that there will be."""


@dataclass(frozen=True)
class Published:
    """A file that a data set is published in.

    Attributes:
        name: what people type.
        url: where it is.
        digest: `algorithm:digest` of its content.
        size: about how large it is, for people.
        unpacked: the folder that it unpacks to; None for a file that is used as it is.
        source: how `numerics.data.load` names two classes of it, with DIR for the folder.
    """

    name: str
    url: str
    digest: str
    size: str
    unpacked: str | None
    source: str

    @property
    def file_name(self) -> str:
        """Its name on disk."""
        return self.url.rpartition("/")[2]

    def goal(self, folder: Path) -> Path:
        """What there is once it is fetched."""
        return folder / (self.unpacked or self.file_name)


PUBLISHED: Mapping[str, Published] = {
    one.name: one
    for one in (
        Published(
            "cifar10",
            "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
            "md5:c58f30108f718f92721af3b95e74349a",
            "170 MB",
            "cifar-10-batches-py",
            "cifar10:DIR/cifar-10-batches-py:cat,dog",
        ),
        Published(
            "svhn",
            "http://ufldl.stanford.edu/housenumbers/train_32x32.mat",
            "md5:e26dedcc434d2e4c54c9b2d4a06d8373",
            "182 MB",
            None,
            "svhn:DIR/train_32x32.mat:3,5",
        ),
        Published(
            "speech",
            "http://download.tensorflow.org/data/speech_commands_v0.02.tar.gz",
            "sha256:af14739ee7dc311471de98f5f9d2c9191b18aedfe957f4a6ff791c709868ff58",
            "2.4 GB",
            "speech_commands_v0.02",
            "speech:DIR/speech_commands_v0.02:yes,no",
        ),
    )
}


def named(name: str) -> Published:
    """Give a data set by its name.

    Raises:
        ParameterError: none has it.

    Examples:
        >>> named("svhn").file_name
        'train_32x32.mat'
    """
    if name not in PUBLISHED:
        raise ParameterError(
            f"there is no data set {name!r}; fetch {', '.join(PUBLISHED)}{did_you_mean(name, PUBLISHED)}"
        )
    return PUBLISHED[name]


def fetch(published: Published, folder: Path, watch: Watcher | None = None) -> Path:
    """Download a data set into a folder, check it and unpack it. What is there already, whole, is not fetched again.

    Args:
        published: which.
        folder: where to; it is made if need be.
        watch: hears how far the download has come.

    Raises:
        DataFileError: no network, an answer that is no file, or a content that is not the published one.
        OSError: the folder cannot be written.
    """
    import pooch  # here, as is requests, because every command looks through the sources
    import requests

    goal = published.goal(folder)
    if published.unpacked is not None and goal.exists():
        return goal
    folder.mkdir(parents=True, exist_ok=True)
    pooch.get_logger().setLevel("ERROR")  # what matters becomes an error of one line
    part = folder / f".{published.file_name}.part"
    try:
        pooch.retrieve(
            published.url,
            known_hash=published.digest,
            fname=published.file_name,
            path=folder,
            downloader=_Resuming(part, watch),
        )
    except requests.exceptions.RequestException as error:
        raise DataFileError(_network_message(published, folder, error)) from None
    except ValueError:  # the digest is another one
        part.unlink(missing_ok=True)
        raise DataFileError(
            f"{published.url}: the content is not what was published ({published.digest} expected); fetch it again, or "
            f"take it from elsewhere and put it into {folder}"
        ) from None
    if published.unpacked is not None:
        _unpack(folder / published.file_name, goal)
    return goal


class _Resuming:
    """Downloads for pooch. What has arrived stays in a file of its own, and the next attempt asks for the rest."""

    def __init__(self, part: Path, watch: Watcher | None) -> None:
        self._part, self._watch = part, watch or (lambda there, total: None)

    def __call__(self, url: str, output_file: Any, pooch_: Any, check_only: bool = False) -> None:
        import requests

        there = self._part.stat().st_size if self._part.exists() else 0
        wanted = {"Range": f"bytes={there}-"} if there else {}
        # Unpacked on the way a content would have another length than the server counts by.
        headers = {"Accept-Encoding": "identity", **wanted}
        with requests.get(url, headers=headers, stream=True, timeout=_SECONDS) as answer:
            if not (there and answer.status_code == requests.codes.requested_range_not_satisfiable):
                answer.raise_for_status()
                goes_on = there > 0 and answer.status_code == requests.codes.partial_content
                self._receive(answer, there if goes_on else 0)
        shutil.move(self._part, output_file)

    def _receive(self, answer: requests.Response, there: int) -> None:
        import requests

        length = answer.headers.get("Content-Length")
        total = there + int(length) if length and length.isdigit() else None
        with self._part.open("ab" if there else "wb") as stream:
            self._watch(there, total)
            for chunk in answer.iter_content(_CHUNK):
                stream.write(chunk)
                there += len(chunk)
                self._watch(there, total)
        if total is not None and there < total:
            raise requests.exceptions.ConnectionError(f"the connection ended after {there} of {total} bytes")


def _unpack(archive: Path, goal: Path) -> None:
    """Unpack beside the goal and move it there in one step, so that it is never there by half."""
    draft = goal.parent / f".{goal.name}.unpacking"
    inside = draft / goal.name  # where the archive has the folder and not what is in it
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with tarfile.open(archive) as packed:
            # Python 3.11.4 and later filter by themselves, and later ones want to be told how.
            packed.extraction_filter = getattr(tarfile, "data_filter", None)
            packed.extractall(draft, [_plain_member(member) for member in packed])
        (inside if inside.is_dir() else draft).rename(goal)
    except (tarfile.TarError, EOFError, FileNotFoundError) as error:
        raise DataFileError(f"{archive}: cannot be unpacked ({error}); delete it and fetch it again") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _plain_member(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Refuse whatever is no file or folder inside the archive's own: devices, links, paths that lead out."""
    path = PurePosixPath(member.name)
    if not (member.isfile() or member.isdir()) or path.is_absolute() or ".." in path.parts:
        raise tarfile.TarError(f"{member.name!r} is no file of a data set")
    return member


def _network_message(published: Published, folder: Path, error: requests.exceptions.RequestException) -> str:
    import requests

    elsewhere = f"or fetch it where there is a network and put it into {folder}"
    if isinstance(error, requests.exceptions.HTTPError) and error.response is not None:
        return f"{published.url}: the server answers {error.response.status_code}; try later, {elsewhere}"
    kind = "timed out" if isinstance(error, requests.exceptions.Timeout) else "no network reaches it"
    return f"{published.url}: {kind}; run the same command again, which goes on where this one stopped, {elsewhere}"
