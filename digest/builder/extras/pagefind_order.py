"""An index as Pagefind wrote it, put in order: filters and their values come as a hash map has them, anew each time.

A filter is a file of its own, called after its bytes; the file that is read first (`pf_meta`) names them all. Both are
gzip around a mark and CBOR (RFC 8949), of which only arrays are taken apart here.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping

ENTRANCE = "pagefind-entry.json"
"""The file that is asked for first, and names `pf_meta`."""
_MARK = b"pagefind_dcd"
_FILTERS = 3
"""Where the filters stand in `pf_meta`: version, pages, chunks of words, filters, sorts, names of fields."""


def sorted_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by path, the same for the same pages. Raises ValueError where their shape is not known."""
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
    """The name of a file, and the one that its bytes give it: `en_1f3a9c0`, as long as the old one."""
    old = re.findall(r"(\w+)\.pf_", path)[0]
    language, _, digest = old.rpartition("_")
    return old, f"{language}_{hashlib.blake2b(data).hexdigest()[: len(digest)]}"


def _with(text: bytes, called: dict[bytes, bytes]) -> bytes:
    """A text with the new name for an old one, which is as long."""
    return next((text.replace(old, new) for old, new in called.items() if text.endswith(old)), text)


def _array(items: list[bytes]) -> bytes:
    count = len(items)
    head = bytes([0x80 | count]) if count < 24 else b"\x9a" + count.to_bytes(4, "big")
    return head + b"".join(items)


def _items(data: bytes) -> list[bytes]:
    """What stands in an array, each as it is encoded."""
    major, count, at = _head(data, 0)
    if major != 4:
        raise ValueError("the index is not of a shape that is known")
    items = []
    for _ in range(count):
        end = _end(data, at)
        items.append(data[at:end])
        at = end
    return items


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Of the thing at a place: its major type, its value or length, and where it goes on."""
    major, info = data[at] >> 5, data[at] & 31
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(info, 0)
    value = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else info
    return major, value, at + 1 + size


def _end(data: bytes, at: int) -> int:
    """Where the thing at a place ends."""
    major, value, at = _head(data, at)
    if major in (2, 3):
        return at + value
    for _ in range(value * (major - 3) if major in (4, 5) else 0):
        at = _end(data, at)
    return at
