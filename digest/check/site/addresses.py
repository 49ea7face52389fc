"""Maps URLs to files of the output."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from digest.site.urls import file_of

# From the root of the host, with nothing in it that would have to be read twice.
_PLAIN = re.compile(r"(/(?:[\w-]+/)*(?:[\w-][\w.-]*)?)(?:#([\w-]*))?")


class Target(NamedTuple):
    """A file of the output, and a place in it."""

    file: str
    fragment: str


class AddressResolver:
    """Reads the addresses of a site that stands at `base_url`."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._site = urlsplit(base_url)

    def url_of(self, file: str) -> str:
        """The whole address of a file."""
        return self.base_url + file.removesuffix("index.html")

    def target(self, address: str, file: str) -> Target | None:
        """Return the file that a URL in `file` leads to, existing or not; None when it leaves the site."""
        if address.startswith(self.base_url):
            address = self._site.path + address[len(self.base_url) :]
        if found := _PLAIN.fullmatch(address):
            return Target(self._file(found[1]), found[2] or "")
        if address.startswith("#"):
            return Target(file, unquote(address[1:]))
        return self._slowly(address, file)

    def _slowly(self, address: str, file: str) -> Target | None:
        try:
            whole, fragment = urldefrag(urljoin(self.url_of(file), address))
            there, own = urlsplit(whole), urlsplit(address)
        except ValueError:  # such as a broken IPv6 host
            return None
        # a whole address beside the site's folder is somebody else's; a short one is a slip
        inside = there.path.startswith(self._site.path) or not own.netloc
        if (there.scheme, there.netloc) != (self._site.scheme, self._site.netloc) or not inside:
            return None
        return Target(self._file(unquote(there.path)), unquote(fragment))

    def _file(self, path: str) -> str:
        """The file behind a path; for one beside the site's folder a name that no file has."""
        below = path.removeprefix(self._site.path)
        return file_of(f"/{below}") if below != path else path
