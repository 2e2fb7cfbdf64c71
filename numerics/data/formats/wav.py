"""16-bit sound of a RIFF file, with what its header declares checked first.

The plain header, the extensible one that says the same at more length, and that of a stream, which was written before
anyone knew how long the sound is: there the sound goes on to the end of the file. Python reads the second from 3.12 on,
and the third not at all.
"""

from __future__ import annotations

import struct

_PCM, _EXTENSIBLE = 1, 0xFFFE
_PCM_FORMAT = b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"  # of an extensible header
_UNKNOWN = 0x7FFF_F000  # a length from here on, or 0, was not known when it was written


def read_sound(content: bytes) -> tuple[tuple[int, int, int], bytes]:
    r"""Read the bytes of a file: `(channels, bits, rate)`, and samples as bytes.

    Raises:
        ValueError: it is no such file, or not whole; the message says why.

    Examples:
        >>> header = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 40, b"WAVE", b"fmt ", 16, 1, 1, 16000, 32000, 2, 16)
        >>> read_sound(header + struct.pack("<4sI2h", b"data", 4, 1, -1))
        ((1, 16, 16000), b'\x01\x00\xff\xff')
    """
    if len(content) < 12 or content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("file does not start with RIFF and WAVE")
    whole = _unsigned(content, 4)
    form, start = None, 12
    while start + 8 <= len(content):
        name, size = content[start : start + 4], _unsigned(content, start + 4)
        inside = content[start + 8 : start + 8 + size]
        if name == b"fmt ":
            form = _form(inside)
        if name == b"data":
            if form is None:
                raise ValueError("no format stands before the sound")
            if _is_unknown(size) and _is_unknown(whole):
                inside = content[start + 8 :]
            elif len(inside) < size:
                raise ValueError(f"its header declares {size} bytes of sound, but {len(inside)} are there")
            if len(inside) % 2:
                raise ValueError("its sound ends within a sample")
            return form, inside
        start += 8 + size + size % 2
    raise ValueError("it ends before its sound")


def _form(header: bytes) -> tuple[int, int, int]:
    if len(header) < 16:
        raise ValueError("it ends within its format")
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", header)
    if tag == _EXTENSIBLE and header[24:40] == _PCM_FORMAT:
        tag = _PCM
    if tag != _PCM:
        raise ValueError(f"format {tag} is not PCM")
    return channels, bits, rate


def _is_unknown(size: int) -> bool:
    return size == 0 or size >= _UNKNOWN


def _unsigned(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 4], "little")
