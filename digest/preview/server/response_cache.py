"""Cache of responses in memory, valid for one epoch of the output.

All open browsers request the same pages after a save. With the cache a page is read from the disk and extended once for
all of them; without it the preview answers fewer requests a second, with the same bytes. Nothing else depends on it: to
remove it, delete this module and call `_page_response` for every request in `pages`.
"""

from collections import OrderedDict

from starlette.responses import FileResponse, Response

from digest.speedups import is_enabled

MAX_CACHED_BYTES = 32 << 20
"""Size of the cache; the responses that were used least recently are dropped."""


class ResponseCache:
    """Responses by URL path. An access with another epoch empties the cache."""

    def __init__(self) -> None:
        self._is_enabled = is_enabled("response-cache")
        self._responses: OrderedDict[str, Response] = OrderedDict()
        self._epoch, self._cached_bytes = "", 0

    def get(self, path: str, epoch: str) -> Response | None:
        """Return the response of this epoch, or None if it is not in the cache."""
        if epoch != self._epoch:
            self._responses.clear()
            self._epoch, self._cached_bytes = epoch, 0
        response = self._responses.get(path)
        if response is not None:
            self._responses.move_to_end(path)
        return response

    def store(self, path: str, response: Response, epoch: str) -> None:
        """Add a response, unless it is an error or a part of a file, or the epoch has changed since."""
        if not self._is_enabled or response.status_code != 200 or isinstance(response, FileResponse):
            return
        if epoch != self._epoch or path in self._responses:
            return
        self._responses[path] = response
        self._cached_bytes += len(response.body)
        while self._cached_bytes > MAX_CACHED_BYTES:
            _, oldest = self._responses.popitem(last=False)
            self._cached_bytes -= len(oldest.body)
