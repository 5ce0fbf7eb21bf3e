"""Addresses of the files of a log, as C2SP tlog-tiles names them, and what is in them."""

from __future__ import annotations

from commonweal_verify.problems import Wrong

WIDTH = 256


def bundle(number: int, size: int) -> str:
    """Return where leaves `256 · number` and on are, in a log of `size` leaves."""
    return _numbered("tile/entries", number, size)


def hashes(number: int, size: int) -> str:
    """Return where the hashes of these leaves are: the tiles of the lowest level."""
    return _numbered("tile/0", number, size)


def shown(number: int) -> str:
    """Return where the server says what its pages show of these leaves."""
    return f"shown/{number}"


def taken_apart(content: bytes, number: int, size: int) -> list[bytes]:
    """Return the leaves in a bundle: each stands after its length in two bytes."""
    leaves, at = [], 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 2])
        leaves.append(content[at + 2 : at + 2 + length])
        at += 2 + length
    first = number * WIDTH
    if at != len(content) or len(leaves) != min(WIDTH, size - first):
        raise Wrong("bundle", "here the leaves cannot be told apart, or some are missing.", first)
    return leaves


def _numbered(above: str, number: int, size: int) -> str:
    width = min(WIDTH, size - number * WIDTH)
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return f"{above}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")
