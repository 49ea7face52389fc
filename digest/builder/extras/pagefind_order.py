"""Makes a Pagefind index reproducible: Pagefind writes filters and their values in hash map order, new in each run.

Each filter is a file named by a hash of its bytes; the file `pf_meta` names all filters. Both are gzip around a magic
number and CBOR (RFC 8949), of which this module parses arrays only.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping

ENTRANCE = "pagefind-entry.json"
"""The first file that a browser loads; it names `pf_meta`."""
_MARK = b"pagefind_dcd"
_FILTERS = 3
"""Index of the filters in `pf_meta`: version, pages, word chunks, filters, sorts, field names."""


def sorted_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index in a fixed order. Raises ValueError for an unknown structure."""
    made, called = dict(files), dict[bytes, bytes]()
    for path in sorted(path for path in files if path.endswith(".pf_filter")):
        name, values = _items(_unpacked(made.pop(path)))
        data = _array([name, _array(sorted(_items(values)))])
        old, new = _names(path, data)
        made[path.replace(old, new)] = _packed(data)
        called[old.encode()] = new.encode()
    for path in sorted(path for path in files if path.endswith(".pf_meta")):
        parts = _items(_unpacked(made.pop(path)))
        pairs = [_items(pair) for pair in _items(parts[_FILTERS])]
        parts[_FILTERS] = _array(sorted(_array([name, _with(of, called)]) for name, of in pairs))
        data = _array(parts)
        old, new = _names(path, data)
        made[path.replace(old, new)] = _packed(data)
        made[ENTRANCE] = made[ENTRANCE].replace(old.encode(), new.encode())
    return made


def _unpacked(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(_MARK)


def _packed(data: bytes) -> bytes:
    return gzip.compress(_MARK + data, mtime=0)


def _names(path: str, data: bytes) -> tuple[str, str]:
    """Return the old name of a file and its new one by hash, such as `en_1f3a9c0`, of the same length."""
    old = re.findall(r"(\w+)\.pf_", path)[0]
    language, _, digest = old.rpartition("_")
    return old, f"{language}_{hashlib.blake2b(data).hexdigest()[: len(digest)]}"


def _with(text: bytes, called: dict[bytes, bytes]) -> bytes:
    """Replace an old name by the new one of the same length."""
    return next((text.replace(old, new) for old, new in called.items() if text.endswith(old)), text)


def _array(items: list[bytes]) -> bytes:
    count = len(items)
    head = bytes([0x80 | count]) if count < 24 else b"\x9a" + count.to_bytes(4, "big")
    return head + b"".join(items)


def _items(data: bytes) -> list[bytes]:
    """Return the items of an array, each still encoded."""
    major, count, at = _head(data, 0)
    if major != 4:
        raise ValueError("the index has an unknown structure")
    items = []
    for _ in range(count):
        end = _end(data, at)
        items.append(data[at:end])
        at = end
    return items


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, value or length, and the position after the head of the item at `at`."""
    major, info = data[at] >> 5, data[at] & 31
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(info, 0)
    value = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else info
    return major, value, at + 1 + size


def _end(data: bytes, at: int) -> int:
    """Return the end of the item at `at`."""
    major, value, at = _head(data, at)
    if major in (2, 3):
        return at + value
    for _ in range(value * (major - 3) if major in (4, 5) else 0):
        at = _end(data, at)
    return at
