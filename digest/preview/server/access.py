"""Who may ask the preview, and who may change something through it. Every request passes here, before any route.

- A page on the internet can make a browser ask a name that it has bound to 127.0.0.1 (DNS rebinding). The browser then
  sends that name as `Host`: every other name than this machine's own is refused.
- Such a page can also point its scripts, images and forms at our address: a request that a page of another site makes,
  other than by a link, is refused (`Sec-Fetch-Site`).
- What is not GET or HEAD changes something. It needs the token of this run in the header `X-Digest-Token`, which only
  our own pages carry and no form can send, an `Origin` that is the address asked, and a body that is JSON and not long.
- A preview that others reach (`open_to_all`) is asked under any name, and only by those who have come through its link
  once: that sets a cookie. Whoever has the link may change what an editor may.
"""

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
TOKEN_HEADER = "X-Digest-Token"  # noqa: S105 - the name of a header, no secret
KEY_PARAMETER = "digest-key"
"""The parameter of the link to a preview that others reach."""
MAX_BODY_BYTES = 1 << 20

_HOST = re.compile(r"(?:\[([0-9a-fA-F:]+)\]|([^:\[\]]+))(?::\d+)?")
_READING = ("GET", "HEAD")


class Guard:
    """The secrets of one run. `token` is in our pages, for those who write; `key` in the link, when there is one."""

    def __init__(self, *, open_to_all: bool = False) -> None:
        self.open_to_all = open_to_all
        self.token, self.key = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
        self.cookie = f"digest-{secrets.token_hex(4)}"

    def link(self, address: str) -> str:
        """The address as it lets one in."""
        return f"{address}?{KEY_PARAMETER}={self.key}" if self.open_to_all else address

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that is not let in; None for one that is."""
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self.open_to_all and not is_loopback_host(host):
            return PlainTextResponse("This preview is for this machine alone.", 421)
        if self.open_to_all and not self._is_known(headers):
            return self._at_the_door(scope)
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("Asked by a page of another site.", 403)
        return None if scope["method"] in _READING else self._writing(host, headers)

    def _is_known(self, headers: Mapping[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self.key)

    def _at_the_door(self, scope: Scope) -> Response:
        """The link sets the cookie and leads on to the address without the key."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] != "GET" or not any(
            name == KEY_PARAMETER and _same(value, self.key) for name, value in asked
        ):
            return PlainTextResponse("Ask whoever runs this preview for the link to it.", 403)
        rest = urlencode([pair for pair in asked if pair[0] != KEY_PARAMETER])
        path = "/" + scope["path"].lstrip("/")  # two slashes would be another host
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self.cookie, self.key, httponly=True, samesite="lax")
        return answer

    def _writing(self, host: str, headers: Mapping[str, str]) -> Response | None:
        origin, length = headers.get("origin", ""), headers.get("content-length", "")
        if not _same(headers.get(TOKEN_HEADER.lower(), ""), self.token) or urlsplit(origin).netloc != host:
            return PlainTextResponse("Only a page of this preview may do that.", 403)
        if "transfer-encoding" in headers or not length.isdigit():
            return PlainTextResponse("How long is it?", 411)
        if int(length) > MAX_BODY_BYTES:
            return PlainTextResponse("Too long.", 413)
        if int(length) and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("Only JSON is taken.", 415)
        return None


class GuardMiddleware:
    """Lets in what the guard lets in. Connections other than HTTP have no business here."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await (self._guard.refusal(scope) or self._app)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)


def is_loopback_host(host: str) -> bool:
    """Whether a `Host` header names this machine, at any port."""
    found = _HOST.fullmatch(host)
    return found is not None and (found[1] or found[2]).lower() in LOOPBACK


def _headers(scope: Scope) -> dict[str, str]:
    """By name in lower case. A header that comes twice is joined, and so is like none that we know."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = f"{found[key]}, {value.decode('latin-1')}" if key in found else value.decode("latin-1")
    return found


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
