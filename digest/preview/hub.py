"""What the browsers know: which build they show, and what is wrong with the one after it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct


class News(Struct, frozen=True, kw_only=True):
    """What a browser is told: the epoch of the output, another when a page may be, and the issues of the build."""

    epoch: str
    issues: tuple[Mapping[str, Any], ...] = ()


class Hub:
    """Hands the newest `News` to all who listen. One who was away gets the newest alone: nothing older matters.

    Lives in one event loop; `tell` and `close` are called there.
    """

    def __init__(self, news: News) -> None:
        self.news = news
        self._changed = asyncio.Event()
        self._closed = False

    def tell(self, news: News) -> None:
        """There is something new."""
        self.news = news
        self._wake()

    def close(self) -> None:
        """Ends all streams."""
        self._closed = True
        self._wake()

    async def listen(self) -> AsyncIterator[News]:
        """The newest at once, then each that comes."""
        told: News | None = None
        while not self._closed:
            if told is not self.news:
                told = self.news
                yield told
            else:
                await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def event_of(news: News) -> bytes:
    """As a server-sent event (HTML, section 9.2)."""
    return b"event: news\ndata: " + msgspec.json.encode(news) + b"\n\n"
