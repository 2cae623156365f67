"""Decodes bytes to text, in any encoding."""

from __future__ import annotations

import codecs
import re

from qa.core.errors import RefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_SAMPLE_BYTES = 50_000
_MAX_CONTROL_SHARE = 0.02
_FOREIGN_WORD = re.compile(rb"(?<![A-Za-z])[A-Za-z]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
_WESTERN_ASCII_SHARE = 0.5  # With more ASCII, other bytes are accents in words: Windows-1252.


def decode(data: bytes, declared: str | None = None) -> str:
    """Text from bytes, with newlines as `\\n`.

    Args:
        data: the bytes.
        declared: the encoding that the transport named, tried after UTF-8.

    Raises:
        RefusedError: these bytes are no text.
    """
    text = data.decode(encoding_of(data, declared), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The name of the encoding of some bytes.

    Args:
        data: the bytes, or the first of them.
        declared: the encoding that the transport named, tried after UTF-8.

    Raises:
        RefusedError: these bytes are no text.
    """
    encoding = _encoding(data, declared)
    sample = data[: 4 * _SAMPLE_BYTES].decode(encoding, "replace")[:_SAMPLE_BYTES]
    if len(_CONTROLS.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise RefusedError("It holds binary data, not text.")
    return encoding


def _encoding(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    wide = _wide(data)
    if wide:
        return wide
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        # One broken byte in a long text is damage, not another encoding.
        if len(data) - error.start < 4 or _is_mostly_utf8(data):
            return "utf-8"
    for candidate in (declared, _guess(data[:_SAMPLE_BYTES]), "cp1252"):
        if candidate:
            try:
                data.decode(candidate)
                return candidate
            except (UnicodeDecodeError, LookupError):
                continue
    return "latin-1"


def _is_mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES].decode("utf-8", errors="replace")
    high = sum(1 for char in sample if char > "\x7f")
    return high > 20 and sample.count("\ufffd") < 0.05 * high


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark, recognised by zero bytes on one side."""
    sample = data[:2_000]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _guess(sample: bytes) -> str | None:
    """The likeliest encoding, by the words with letters beyond ASCII."""
    words = b" ".join(_FOREIGN_WORD.findall(sample))
    if sum(byte < 0x80 for byte in words) > _WESTERN_ASCII_SHARE * len(words):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best() if len(words) > len(sample) / 4 else from_bytes(words).best()
    return best.encoding if best else None
