"""A visitor's file as text, or a sentence on why it is none and what to do."""

from __future__ import annotations

import re

LARGEST = 5_000_000
"""Most bytes that are read."""
_SAVE_AS = "Open it in an editor, choose “Save as” with the encoding UTF-8, and try again."
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (Word, LibreOffice and e-book files are ZIP archives inside)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document",
    b"{\\rtf": "a rich-text (RTF) document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
}
_WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def decode_text(data: bytes) -> str:
    """Plain text from the bytes of a file.

    Parameters
    ----------
    data : bytes
        UTF-8, with or without a byte-order mark, at most 5 MB.

    Returns
    -------
    str
        With ``\\n`` as line ends, without control characters and surrounding blank space.

    Raises
    ------
    ValueError
        For a file that is too large, empty, binary, in another encoding, or holds no text to learn from;
        the message says what to do.
    """
    text = decode(data).strip()
    if not text:
        raise ValueError("The file holds only blank space. Choose a file with at least a few sentences.")
    if len(set(text)) == 1:
        raise ValueError(
            f"The text has only one letter ({text[0]!r}), so there is nothing to predict. "
            "Choose a text with at least a few sentences."
        )
    return text


def decode(data: bytes) -> str:
    """The characters of a file, whatever they say; raises ValueError where they cannot be read."""
    _refuse_size(data)
    _refuse_other_formats(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(_not_utf8(data, error.start)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if len(_CONTROL.findall(text)) > 2 + len(text) // 50:
        raise ValueError("This is a binary file, not text. Choose a plain text file (.txt).")
    return _CONTROL.sub("", text).strip("\n ")


def _refuse_size(data: bytes) -> None:
    if not data:
        raise ValueError("The file is empty. Choose a file with at least a few sentences.")
    if len(data) > LARGEST:
        raise ValueError(
            f"The file has {len(data):,} bytes; at most {LARGEST:,} (5 MB) can be read. "
            "Keep a part of it and try again."
        )


def _refuse_other_formats(data: bytes) -> None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise ValueError(f"This is {what}, not plain text. Save or export it as plain text (.txt) first.")
    for mark, encoding in _WIDE.items():
        if data.startswith(mark):
            raise ValueError(f"The file is saved as {encoding}, not as UTF-8. {_SAVE_AS}")
    if b"\x00" not in data:
        return
    # Latin text in UTF-16 without a mark has a zero in every other byte, and only there.
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if min(even, odd) * 20 < max(even, odd) and max(even, odd) * 4 > len(data):
        raise ValueError(f"The file looks like UTF-16, not UTF-8. {_SAVE_AS}")
    raise ValueError("This is a binary file, not text. Choose a plain text file (.txt).")


def _not_utf8(data: bytes, where: int) -> str:
    """Why bytes are not UTF-8: an older 8-bit encoding, or no text at all."""
    high = sum(byte >= 0x80 for byte in data)
    if high * 2 > len(data) or len(re.findall(rb"[\x01-\x08\x0e-\x1f]", data)) * 50 > len(data):
        return f"This is a binary file, or text in an encoding other than UTF-8. If it is text: {_SAVE_AS}"
    line = data.count(b"\n", 0, where) + 1
    meant = data[where : where + 1].decode("cp1252", errors="replace")
    return (
        f"The file is not UTF-8 (line {line}, byte 0x{data[where]:02X}). It is probably Latin-1 or Windows-1252, "
        f"where this byte is “{meant}”. {_SAVE_AS}"
    )
