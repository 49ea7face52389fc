"""Address resolution: find the file of the output that a URL refers to."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from digest.site.urls import file_of

# absolute paths without escapes, `..` or a query: no URL parser is needed
_PLAIN = re.compile(r"(/(?:[\w-]+/)*(?:[\w-][\w.-]*)?)(?:#([\w-]*))?")


class Target(NamedTuple):
    """A file of the output and a fragment in it."""

    file: str
    fragment: str


class AddressResolver:
    """Resolves URLs of a site at `base_url`."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._site = urlsplit(base_url)

    def url_of(self, file: str) -> str:
        """Return the absolute URL of a file."""
        return self.base_url + file.removesuffix("index.html")

    def target(self, address: str, file: str) -> Target | None:
        """Resolve a URL in `file`. Return None for other sites. The target need not exist."""
        if address.startswith(self.base_url):
            address = self._site.path + address[len(self.base_url) :]
        if match := _PLAIN.fullmatch(address):
            return Target(self._file(match[1]), match[2] or "")
        if address.startswith("#"):
            return Target(file, unquote(address[1:]))
        return self._parse(address, file)

    def _parse(self, address: str, file: str) -> Target | None:
        try:
            absolute, fragment = urldefrag(urljoin(self.url_of(file), address))
            resolved, written = urlsplit(absolute), urlsplit(address)
        except ValueError:  # such as a broken IPv6 host
            return None
        # an absolute URL outside the site's folder is another site; a relative one is a mistake
        is_inside = resolved.path.startswith(self._site.path) or not written.netloc
        if (resolved.scheme, resolved.netloc) != (self._site.scheme, self._site.netloc) or not is_inside:
            return None
        return Target(self._file(unquote(resolved.path)), unquote(fragment))

    def _file(self, path: str) -> str:
        """Return the file of a path; for a path outside the site's folder, a name that no file has."""
        below = path.removeprefix(self._site.path)
        return file_of(f"/{below}") if below != path else path
