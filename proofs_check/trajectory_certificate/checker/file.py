"""The certificate as a file: JSON with these keys and no others, whole numbers, and texts in one form only."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofs_check.trajectory_certificate.checker import limits
from proofs_check.trajectory_certificate.checker.findings import (
    SPECTRUM,
    TABLE,
    WEIGHTS,
    Findings,
    Watcher,
    follow,
    sentence,
    texts,
)
from proofs_check.trajectory_certificate.checker.refused import Open, Refused

_FORMATS = {
    "certificate of an exact trajectory, version 2": SPECTRUM,
    "certificate of an exact trajectory on a table, version 1": TABLE,
}
_WHOLE = {"steps": 0, "n_samples": 1, "last_step": 0, "digits": 2}
_STEPS_OR_NONE = ("crossing_step", "escape_step")
_TEXTS = ("format", "verdict", "claim", "step_size", "digest")
_KEYS = {*_TEXTS, *_WHOLE, *_STEPS_OR_NONE, *WEIGHTS, "records"}
_RECORD_KEYS = {"step", "coefficients", "layers", "loss", "sharpness"}
_NUMERAL = f"[0-9]{{1,{limits.MOST_NUMERAL}}}"
_RATIONAL = re.compile(f"-?{_NUMERAL}(/{_NUMERAL})?")


def read(path: Path) -> str:
    """Read the text of a certificate's file.

    Raises:
        OSError: it cannot be read.
        Refused: it is too large, or no text.
    """
    if not path.is_file():
        raise Refused("it is no file")
    with path.open("rb") as stream:
        content = stream.read(limits.MOST_BYTES + 1)
    _limit("the file's bytes", len(content), limits.MOST_BYTES)
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused("it is no text") from None


def check(text: str, progress: Watcher | None = None) -> str:
    """Check a certificate and give the sentence that it proves.

    Args:
        text: the content of the file.
        progress: called with each step and the last one.

    Raises:
        Refused: some part of it is not what the exact trajectory gives; the message says which.
    """
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limits.MOST_NUMERAL)  # whatever PYTHONINTMAXSTRDIGITS says
    try:
        return _check(text, progress)
    finally:
        sys.set_int_max_str_digits(before)


def _check(text: str, progress: Watcher | None) -> str:
    content = _read(text)
    if content["digest"] != _digest(content):
        raise Refused("the digest does not fit the rest: something was changed")
    _check_inputs(content)
    steps, last = [record["step"] for record in content["records"]], content["last_step"]
    if steps != sorted(set(steps)) or steps[:1] != [0] or steps[-1] != last:
        raise Refused(f"the records are not those of steps that rise from 0 to {last}")
    found = _followed(content, progress)
    for key in ("verdict", "crossing_step", "escape_step"):
        if content[key] != getattr(found, key):
            raise Refused(f"{key} is {content[key]}, but the trajectory gives {getattr(found, key)}")
    return sentence(content, found)


def _followed(content: dict[str, Any], progress: Watcher | None) -> Findings:
    """Follow the trajectory with more and more bits until nothing is open."""
    reason = ""
    for bits in limits.precisions(content["last_step"] + 1):
        try:
            return follow(content, bits, progress)
        except Open as error:
            reason = f"{error} with {bits} bits after the point, the most that this checker takes here"
    raise Refused(reason)


def _digest(content: dict[str, Any]) -> str:
    """Give the digest of everything else in a certificate."""
    rest = {key: value for key, value in content.items() if key != "digest"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _read(text: str) -> dict[str, Any]:
    """Read the JSON, and see that everything has its kind and is within the limits."""
    _limit("the file's characters", len(text), limits.MOST_BYTES)
    try:
        content = json.loads(
            text, object_pairs_hook=_without_repeats, parse_int=_whole, parse_float=_no_float, parse_constant=_no_float
        )
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no JSON of a certificate: {error}") from None
    form = content.get("format") if isinstance(content, dict) else None
    if (
        not isinstance(content, dict)
        or not isinstance(form, str)
        or form not in _FORMATS
        or set(content) != {*_KEYS, *_FORMATS[form]}
    ):
        raise Refused(f"it is no {' or '.join(_FORMATS)}")
    for key in _TEXTS:
        _require(isinstance(content[key], str), key)
    for key, least in _WHOLE.items():
        _require(_is_whole(content[key], least), key)
    for key in _STEPS_OR_NONE:
        _require(content[key] is None or _is_whole(content[key], 0), key)
    for key in (*WEIGHTS, *_FORMATS[form]):
        rows = content[key] if key == "features" and isinstance(content[key], list) else [content[key]]
        _require(all(_are_texts(row) for row in rows), key)
    _require(isinstance(content["records"], list), "records")
    for record in content["records"]:
        _require(isinstance(record, dict) and set(record) == _RECORD_KEYS, "records")
        _require(_is_whole(record["step"], 0), "records")
        for key in ("coefficients", "layers"):
            _require(_are_texts(record[key]) and len(record[key]) == len(content[key]), "records")
        _require(isinstance(record["loss"], str) and isinstance(record["sharpness"], str), "records")
    _limit("digits", content["digits"], limits.MOST_DIGITS)
    _limit("last_step", content["last_step"], limits.MOST_STEPS)
    _limit("the number of weights", len(content["coefficients"]) + len(content["layers"]), limits.MOST_WEIGHTS)
    if "features" in content:
        _limit("N d^2", len(content["labels"]) * len(content["coefficients"]) ** 2, limits.MOST_PRODUCTS)
    return content


def _check_inputs(content: dict[str, Any]) -> None:
    """See that the rationals are written in lowest terms and describe a data set and a step."""
    data = _FORMATS[content["format"]]
    for key in (*data, *WEIGHTS, "step_size"):
        for text in texts(content[key]):
            _require(_RATIONAL.fullmatch(text) is not None and not re.search(r"/0+$", text), key)
            _require(str(Fraction(text)) == text, key)
    c, v = (content[key] for key in WEIGHTS)
    _require(len(c) >= 1 and len(v) >= 1, "coefficients")
    if data == TABLE:
        _require(len(content["features"]) == len(content["labels"]) == content["n_samples"], "features")
        _require(all(len(row) == len(c) for row in content["features"]), "features")
    else:
        s, d = ([Fraction(text) for text in content[key]] for key in SPECTRUM)
        _require(len(s) == len(d) == len(c) <= content["n_samples"], "singular_values")
        _require(all(value > 0 for value in s) and s == sorted(s, reverse=True), "singular_values")
        _require(any(d), "label_coefficients")
    _require(Fraction(content["step_size"]) > 0, "step_size")


def _require(fine: bool, key: str) -> None:
    if not fine:
        raise Refused(f"{key} is not what stands in a certificate")


def _limit(what: str, value: int, most: int) -> None:
    if value > most:
        raise Refused(f"{what}: {value} is more than the {most} that this checker takes")


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _whole(text: str) -> int:
    if len(text) > 20:  # which would take long to read, and is beyond every limit
        raise ValueError(f"{text[:10]}... is too large a number")
    return int(text)


def _no_float(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")
