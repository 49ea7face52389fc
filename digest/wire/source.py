"""The abstract end that a dump is read from: a size and a window of bytes. Who opens files lives elsewhere."""

from typing import Protocol


class Source(Protocol):
    """Bytes at rest. They must not change between `scan` and `items`."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from `offset`, at most `length` of them; fewer only at the end."""


class BytesSource:
    """A dump that is in memory already."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from `offset`, at most `length` of them."""
        return self._data[offset : offset + length]
