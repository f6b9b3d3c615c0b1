"""A QR code of bytes at level M, as a picture in lines (ISO/IEC 18004): what a payment is asked for with.

    qr_svg(b"BCD\\n002\\n1\\nSCT\\n...")      # '<svg xmlns="http://www.w3.org/2000/svg" width="37" ...'

Versions 1 to 13, which hold 331 bytes: no more is allowed in a payment code. What codes of a version have alike is made
once, and the rest are a few look-ups: a library takes ten times as long, a tenth of the whole document. Of the eight
patterns that may lie over a code it is always the same one: to try all of them for the best would cost as much again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Final

BYTES_MAX: Final = 331
_FORMAT: Final = 0b101101101001011
"""Level M and mask 3, with the check bits and the pattern over them."""
_VERSION_GENERATOR: Final = 0x1F25
_FIELD: Final = 0x11D
_PADDING: Final = b"\xec\x11"

# Of versions 1 to 13: check bytes of a block, and the data bytes of each block.
_BLOCKS: Final[tuple[tuple[int, tuple[int, ...]], ...]] = (
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32,) * 2),
    (24, (43,) * 2),
    (16, (27,) * 4),
    (18, (31,) * 4),
    (22, (38,) * 2 + (39,) * 2),
    (22, (36,) * 3 + (37,) * 2),
    (26, (43,) * 4 + (44,)),
    (30, (50,) + (51,) * 4),
    (22, (36,) * 6 + (37,) * 2),
    (22, (37,) * 8 + (38,)),
)


def qr_svg(data: bytes) -> str:
    """The code without its quiet zone, a module a unit. Raises `ValueError` for more than `BYTES_MAX` bytes."""
    rows = modules(data)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path stroke="#000" d="{_path(rows)}"/></svg>'
    )


def modules(data: bytes) -> Sequence[str]:
    """The rows of the code, "1" for each dark module and "0" for each light one."""
    version = _version_of(len(data))
    size, mask, count, place = _frame(version)
    message = int.from_bytes(_message(data, version)) << (count - 8 * _codewords(version))
    # Behind the bits of the message stand one of each kind, for all modules that no message changes.
    told = "".join(place(f"{message ^ mask:0{count}b}01"))
    return [told[start : start + size] for start in range(0, size * size, size)]


def _path(rows: Sequence[str]) -> str:
    """Strokes from left to right, each from where the one before has ended."""
    steps: list[str] = []
    x, y = 0, 0
    for n, row in enumerate(rows):
        start = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark == "1":
                steps.append(f"m{start - x} {n - y}h{length}" if steps else f"M{start} {n + 0.5}h{length}")
                x, y = start + length, n
            start += length
    return "".join(steps)


def _version_of(length: int) -> int:
    for version, (_, blocks) in enumerate(_BLOCKS, 1):
        if length + (2 if version < 10 else 3) <= sum(blocks):
            return version
    raise ValueError(f"{length} bytes are more than the {BYTES_MAX} of a payment code")


def _codewords(version: int) -> int:
    checks, blocks = _BLOCKS[version - 1]
    return sum(blocks) + checks * len(blocks)


# -- the message -----------------------------------------------------------------------------------------------------


def _message(data: bytes, version: int) -> bytes:
    """Data and check bytes, the blocks of a version taken turns with."""
    checks, sizes = _BLOCKS[version - 1]
    count_bits = 8 if version < 10 else 16
    # Mode "bytes", their count, they themselves, and the end, each of four bits but for the count and the bytes.
    head = (0b0100 << count_bits | len(data)) << 8 * len(data) | int.from_bytes(data)
    told = (head << 4).to_bytes((8 + count_bits) // 8 + len(data))
    told += _padding(sum(sizes) - len(told))
    blocks, start = [], 0
    for size in sizes:
        blocks.append(told[start : start + size])
        start += size
    checked = [_checks(block, checks) for block in blocks]
    return bytes(
        byte for turn in (blocks, checked) for column in zip_longest(*turn) for byte in column if byte is not None
    )


def _padding(count: int) -> bytes:
    """What fills up the room of a version, which nobody reads. The first is as in codes that were made before."""
    return (b"\x00" + _PADDING * count)[:count]


def _checks(block: bytes, count: int) -> bytes:
    """Reed and Solomon's check bytes of a block."""
    table, top, keep = _remainders(count), 8 * (count - 1), (1 << 8 * (count - 1)) - 1
    rest = 0
    for byte in block:
        rest = (rest & keep) << 8 ^ table[rest >> top ^ byte]
    return rest.to_bytes(count)


@cache
def _remainders(count: int) -> tuple[int, ...]:
    """What each byte leaves behind when it is divided away by the generator of so many check bytes."""
    generator = [1]
    root = 1
    for _ in range(count):
        shifted = [*generator, 0]
        generator = [a ^ _times(b, root) for a, b in zip(shifted, [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(part, byte) for part in generator[1:])) for byte in range(256))


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = (a << 1) ^ (_FIELD if a & 0x80 else 0), b >> 1
    return product


# -- what codes of a version have alike ------------------------------------------------------------------------------


@cache
def _frame(version: int) -> tuple[int, int, int, Callable[[str], tuple[str, ...]]]:
    """Modules of a side; the mask over the bits of the message, and their count; which bit each module shows."""
    size = 17 + 4 * version
    fixed = dict(_patterns(version, size))
    way = [cell for cell in _way(size) if cell not in fixed]
    nth = {cell: n for n, cell in enumerate(way)}
    mask = int("".join("1" if (row + column) % 3 == 0 else "0" for row, column in way), 2)
    cells = [(row, column) for row in range(size) for column in range(size)]
    shown = [nth[cell] if cell in nth else len(way) + fixed[cell] for cell in cells]
    return size, mask, len(way), itemgetter(*shown)


def _way(size: int) -> Iterator[tuple[int, int]]:
    """The order in which modules are filled: columns by twos from the right, up and down in turn, past the timing."""
    pairs = [(right, right - 1) for right in (*range(size - 1, 6, -2), *range(5, 0, -2))]
    for n, pair in enumerate(pairs):
        for row in range(size) if n % 2 else range(size - 1, -1, -1):
            yield from ((row, column) for column in pair)


def _patterns(version: int, size: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Modules that say where the code is and how it is to be read. Of two for one module the later counts."""
    for n in range(size):
        yield from (((6, n), 1 - n % 2), ((n, 6), 1 - n % 2))
    centres = _centres(version, size)
    corners = {(centres[0], centres[0]), (centres[0], centres[-1]), (centres[-1], centres[0])} if centres else set()
    for row in centres:
        for column in centres:
            if (row, column) not in corners:
                yield from _rings(row, column, size, reach=2, light=(1,))
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        yield from _rings(row, column, size, reach=4, light=(2, 4))
    yield from _format(size)
    if version >= 7:
        yield from _version(version, size)


def _centres(version: int, size: int) -> Sequence[int]:
    if version == 1:
        return ()
    return (6, size - 7) if version < 7 else (6, size // 2, size - 7)


def _rings(
    row: int, column: int, size: int, *, reach: int, light: Sequence[int]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Squares around a module, dark but for those at a distance that is `light`."""
    for y in range(row - reach, row + reach + 1):
        for x in range(column - reach, column + reach + 1):
            if 0 <= y < size and 0 <= x < size:
                yield (y, x), int(max(abs(y - row), abs(x - column)) not in light)


def _format(size: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Level and mask, twice, and the module that is always dark."""
    around = [*((8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)), *((n, 8) for n in (7, 5, 4, 3, 2, 1, 0))]
    apart = [*((size - 1 - n, 8) for n in range(7)), *((8, size - 8 + n) for n in range(8))]
    for cells in (around, apart):
        yield from ((cell, _FORMAT >> 14 - n & 1) for n, cell in enumerate(cells))
    yield (size - 8, 8), 1


def _version(version: int, size: int) -> Iterator[tuple[tuple[int, int], int]]:
    """The version with its check bits, twice."""
    rest = version << 12
    for place in range(5, -1, -1):
        rest ^= _VERSION_GENERATOR << place if rest >> 12 + place & 1 else 0
    told = version << 12 | rest
    for n in range(18):
        bit, row, column = told >> n & 1, n // 3, size - 11 + n % 3
        yield from (((row, column), bit), ((column, row), bit))
