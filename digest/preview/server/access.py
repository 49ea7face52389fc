"""Access control for the preview server: host, origin and token checks for every request, before any route.

- DNS rebinding: a page on the internet can make a browser send requests to a name that it has bound to 127.0.0.1. The
  browser sends that name as `Host`, so every host name other than those of this machine is refused.
- Cross-site requests: such a page can also point its scripts, images and forms at the preview's address. Requests that
  a page of another site causes, other than by following a link, are refused (`Sec-Fetch-Site`).
- Writes: every method other than GET and HEAD needs the token of this run in the header `X-Digest-Token`, which only
  pages of the preview contain and no form can send; an `Origin` that equals the requested address; and a JSON body of
  at most `MAX_BODY_BYTES`.
- A public preview (`open_to_all`) accepts any host name, but only browsers that opened its secret link once, which
  sets a cookie. Everyone with the link may change what an editor may change.
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
"""Query parameter of the link to a public preview."""
MAX_BODY_BYTES = 1 << 20

_HOST = re.compile(r"(?:\[([0-9a-fA-F:]+)\]|([^:\[\]]+))(?::\d+)?")
_READ_METHODS = ("GET", "HEAD")


class Guard:
    """Secrets and access rules of one run.

    `token` is in the preview's pages and authorizes writes. `key` is in the link to a public preview.
    """

    def __init__(self, *, open_to_all: bool = False) -> None:
        self.open_to_all = open_to_all
        self.token, self.key = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
        self.cookie = f"digest-{secrets.token_hex(4)}"

    def link(self, address: str) -> str:
        """Return the address with the key, or without one if the preview is not public."""
        return f"{address}?{KEY_PARAMETER}={self.key}" if self.open_to_all else address

    def refusal(self, scope: Scope) -> Response | None:
        """Return the response to a request that is refused, or None if the request is allowed."""
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self.open_to_all and not is_loopback_host(host):
            return PlainTextResponse("This preview answers only requests to this machine's own names.", 421)
        if self.open_to_all and not self._has_cookie(headers):
            return self._check_key(scope)
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("Requests from pages of other sites are refused.", 403)
        return None if scope["method"] in _READ_METHODS else self._write_refusal(host, headers)

    def _has_cookie(self, headers: Mapping[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return cookie is not None and _is_equal(cookie.value, self.key)

    def _check_key(self, scope: Scope) -> Response:
        """Set the cookie and redirect to the address without the key, or refuse a request without the key."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        has_key = any(name == KEY_PARAMETER and _is_equal(value, self.key) for name, value in query)
        if scope["method"] != "GET" or not has_key:
            return PlainTextResponse("Access denied: open the link that `digest serve --public` printed.", 403)
        other_parameters = urlencode([pair for pair in query if pair[0] != KEY_PARAMETER])
        path = "/" + scope["path"].lstrip("/")  # two slashes would name another host
        response = RedirectResponse(path + (f"?{other_parameters}" if other_parameters else ""), 303)
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="lax")
        return response

    def _write_refusal(self, host: str, headers: Mapping[str, str]) -> Response | None:
        origin, length = headers.get("origin", ""), headers.get("content-length", "")
        if not _is_equal(headers.get(TOKEN_HEADER.lower(), ""), self.token) or urlsplit(origin).netloc != host:
            return PlainTextResponse("Only pages of this preview may change something.", 403)
        if "transfer-encoding" in headers or not length.isdigit():
            return PlainTextResponse("The header Content-Length is missing.", 411)
        if int(length) > MAX_BODY_BYTES:
            return PlainTextResponse("The request body is too long.", 413)
        if int(length) and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("The request body must be JSON.", 415)
        return None


class GuardMiddleware:
    """ASGI middleware that refuses what the guard refuses, and every connection other than HTTP."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await (self._guard.refusal(scope) or self._app)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)


def is_loopback_host(host: str) -> bool:
    """Return true if a `Host` header names this machine, with any port."""
    match = _HOST.fullmatch(host)
    return match is not None and (match[1] or match[2]).lower() in LOOPBACK


def _headers(scope: Scope) -> dict[str, str]:
    """Return headers by lower-case name. A repeated header is joined, so that it equals no valid value."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        headers[key] = f"{headers[key]}, {value.decode('latin-1')}" if key in headers else value.decode("latin-1")
    return headers


def _is_equal(value: str, expected: str) -> bool:
    """Compare secrets in constant time."""
    return secrets.compare_digest(value.encode("utf-8", "replace"), expected.encode())
