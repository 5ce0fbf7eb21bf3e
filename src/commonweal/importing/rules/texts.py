"""The text in the bytes of a file, or what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from commonweal.importing.rules.problems import Problem, WrongFile


def decoded(data: bytes, *, largest_bytes: int) -> str:
    """Return the text in a file of UTF-8, or raise `WrongFile`."""
    if len(data) > largest_bytes:
        limit = largest_bytes // 1024 // 1024
        raise WrongFile([Problem(1, f"The file is larger than {limit} MB.")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongFile([Problem(1, "The file is written in UTF-16. Save it as UTF-8.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WrongFile([Problem(line, "There are bytes that are not UTF-8.")]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise WrongFile([Problem(line, "There is a zero byte, which no text has.")])
    return text


def records(text: str, *, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on, and no empty lines at the end."""
    reader = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
            if line > most:
                raise WrongFile([Problem(line, f"There are more than {most} rows.")])
    except csv.Error as error:
        sentence = f"The row that begins here cannot be read ({error}). It was cut off or damaged."
        raise WrongFile([Problem(line, sentence)]) from error
