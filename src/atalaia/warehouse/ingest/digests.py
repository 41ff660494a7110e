"""A digest per row of the owner's columns, computed column by column.

Two rows with one key and time are twins when their digests agree, else one contradicts
the other. 128 bits mixed with the splitmix64 finaliser: chance collisions do not
happen; it protects against nothing else.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["content_hashes"]

Words = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
Placed = tuple[int, Words, Mask]
LANES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03))
LONGEST_IN_WORDS = 256
HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def content_hashes(rows: pa.Table) -> pa.Array:
    """Return 32 hexadecimal digits for each row of a table.

    A digest depends on the row alone, not on its neighbours; a null adds nothing, so
    that a column which a later contract adds leaves old digests as they are.
    """
    lanes = [np.full(rows.num_rows, seed, dtype=np.uint64) for seed in LANES]
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        salt = _salt(name)
        for position, word, counts in _words(column):
            for index, seed in enumerate(LANES):
                place = np.uint64((int(salt) + int(seed) * (position + 1)) % 2**64)
                mixed = _mix(lanes[index] ^ (word + place))
                lanes[index] = np.where(counts, mixed, lanes[index])
    return _hexadecimal(lanes)


def _salt(name: str) -> np.uint64:
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _mix(value: Words) -> Words:
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _words(chunked: pa.ChunkedArray) -> Iterator[Placed]:
    """Yield a column as 64-bit words, each with its place and the rows it counts in."""
    column = pa.concat_arrays(chunked.chunks or [pa.array([], chunked.type)])
    if column.null_count == len(column):
        return
    present = np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, "\x1f")
    if pa.types.is_string(column.type):
        yield from _text_words(column.fill_null(""), present=present)
    else:
        yield 0, _numbers(column), present


def _numbers(column: pa.Array) -> Words:
    if pa.types.is_floating(column.type):
        # Adding zero makes -0.0 and 0.0 the same number.
        values = np.asarray(column.fill_null(0.0).to_numpy() + 0.0, dtype=np.float64)
        return values.view(np.uint64)
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    whole = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return np.asarray(whole, dtype=np.int64).view(np.uint64)


def _text_words(column: pa.Array, *, present: Mask) -> Iterator[Placed]:
    size = np.asarray(pc.binary_length(column).to_numpy(), dtype=np.int64)
    yield 0, size.view(np.uint64), present
    is_long = size > LONGEST_IN_WORDS
    if is_long.any():
        digested = _digested(column, at=np.flatnonzero(is_long))
        for position, word in enumerate(digested, start=1):
            yield position, word, is_long
        column = pc.if_else(pa.array(is_long), "", column)
        size = np.where(is_long, 0, size)
    width = -(-int(size.max(initial=0)) // 8) * 8
    if width == 0:
        return
    padded = np.zeros((len(column), width), dtype=np.uint8)
    _fill(padded, column, lengths=size)
    words = np.ascontiguousarray(padded.view(np.uint64).T)
    for position, word in enumerate(words, start=1):
        yield position, word, size > 8 * (position - 1)


def _fill(
    padded: npt.NDArray[np.uint8], column: pa.Array, *, lengths: npt.NDArray[np.int64]
) -> None:
    """Copy each text's bytes to the start of its row."""
    binary = column.cast(pa.binary())
    _, offsets, data = binary.buffers()
    starts = np.frombuffer(offsets, np.int32)[
        binary.offset : binary.offset + len(binary) + 1
    ].astype(np.int64)
    flat = np.frombuffer(data, np.uint8)[starts[0] : starts[-1]]
    row = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(flat)) - np.repeat(starts[:-1] - starts[0], lengths)
    padded[row, within] = flat


def _digested(column: pa.Array, *, at: npt.NDArray[np.int64]) -> list[Words]:
    """Return two words for each long text, zero elsewhere."""
    coded = column.take(pa.array(at)).dictionary_encode()
    digests = [
        hashlib.blake2b(text.encode(), digest_size=16).digest()
        for text in coded.dictionary.to_pylist()
    ]
    known = np.frombuffer(b"".join(digests), dtype=np.uint64).reshape(-1, 2)
    words: list[Words] = [np.zeros(len(column), dtype=np.uint64) for _ in range(2)]
    for lane, word in enumerate(words):
        word[at] = known[coded.indices.to_numpy(), lane]
    return words


def _hexadecimal(lanes: list[Words]) -> pa.Array:
    raw = np.stack(lanes, axis=1).astype(">u8").view(np.uint8)
    digits = np.empty((len(raw), 32), dtype=np.uint8)
    digits[:, 0::2] = HEX[raw >> 4]
    digits[:, 1::2] = HEX[raw & 15]
    offsets = np.arange(len(raw) + 1, dtype=np.int32) * 32
    return pa.Array.from_buffers(
        pa.string(),
        len(raw),
        [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(digits))],
    )
