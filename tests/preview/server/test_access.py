"""Access control: every rule of the guard, and what a hostile page may try against it."""

from typing import Any

import pytest
from starlette.types import Scope

from digest.preview.server.access import MAX_BODY_BYTES, Guard, is_loopback_host

HOST = "127.0.0.1:8000"


def _scope(method: str = "GET", path: str = "/", query: str = "", **headers: str) -> Scope:
    headers = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items() if value]
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": pairs}


def _status(guard: Guard, *arguments: str, **headers: str) -> int:
    refusal = guard.refusal(_scope(*arguments, **headers))
    return refusal.status_code if refusal else 200


@pytest.fixture
def guard() -> Guard:
    """A guard of a preview that is not public."""
    return Guard()


def _write_headers(guard: Guard, **changes: str) -> dict[str, str]:
    """Return the headers of a write request by a page of the preview."""
    headers = {"origin": f"http://{HOST}", "x_digest_token": guard.token, "content_length": "2"}
    return headers | {"content_type": "application/json; charset=utf-8"} | changes


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_loopback_hosts_are_allowed(guard: Guard, host: str) -> None:
    assert is_loopback_host(host)
    assert _status(guard, host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:x", "127.0.0.1, 127.0.0.1", ""])
def test_other_hosts_are_refused(guard: Guard, host: str) -> None:
    assert _status(guard, host=host) == 421


def test_a_repeated_host_header_is_refused(guard: Guard) -> None:
    scope = _scope()
    scope["headers"].append((b"Host", HOST.encode()))
    refusal = guard.refusal(scope)
    assert refusal is not None
    assert refusal.status_code == 421


def test_cross_site_links_are_allowed_but_not_other_requests(guard: Guard) -> None:
    assert _status(guard, sec_fetch_site="cross-site", sec_fetch_mode="navigate") == 200
    assert _status(guard, sec_fetch_site="cross-site", sec_fetch_mode="no-cors") == 403
    assert _status(guard, sec_fetch_site="same-origin", sec_fetch_mode="cors") == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_preview_page_may_write(guard: Guard, method: str) -> None:
    assert _status(guard, method, **_write_headers(guard)) == 200


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"x_digest_token": ""}, 403),
        ({"x_digest_token": "guessed"}, 403),
        ({"x_digest_token": "gu\xdfessed"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:8001"}, 403),
        ({"origin": "http://localhost:8000"}, 403),
        ({"content_length": ""}, 411),
        ({"transfer_encoding": "chunked"}, 411),
        ({"content_length": str(MAX_BODY_BYTES + 1)}, 413),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"host": "evil.example"}, 421),
    ],
)
def test_a_write_without_one_of_its_requirements_is_refused(guard: Guard, wrong: dict[str, str], status: int) -> None:
    assert _status(guard, "POST", **_write_headers(guard, **wrong)) == status


def test_every_run_has_its_own_secrets() -> None:
    one, other = Guard(), Guard()
    assert len({one.token, one.key, other.token, other.key}) == 4
    assert _status(one, "POST", **_write_headers(other)) == 403


class TestOpenToAll:
    """A public preview."""

    @pytest.fixture
    def guard(self) -> Guard:
        return Guard(open_to_all=True)

    def _response(self, guard: Guard, path: str, query: str) -> Any:
        refusal = guard.refusal(_scope("GET", path, query, host="desk.example:8000"))
        assert refusal is not None
        return refusal

    def test_requests_without_key_or_cookie_are_refused(self, guard: Guard) -> None:
        for query in ("", "digest-key=", "digest-key=guessed", f"key={guard.key}"):
            assert self._response(guard, "/", query).status_code == 403
        assert _status(guard, host="desk.example", cookie=f"{guard.cookie}=guessed") == 403
        assert _status(guard, host="desk.example", cookie=f"other={guard.key}") == 403
        assert _status(guard, "POST", "/", f"digest-key={guard.key}") == 403

    def test_the_link_contains_the_key(self, guard: Guard) -> None:
        assert guard.link("http://desk.example:8000/news/").endswith(f":8000/news/?digest-key={guard.key}")
        assert Guard().link("http://127.0.0.1:8000/") == "http://127.0.0.1:8000/"

    def test_the_link_sets_a_cookie_and_redirects_to_the_url_without_key(self, guard: Guard) -> None:
        response = self._response(guard, "/region/europe/", f"digest-key={guard.key}&now=x")
        assert (response.status_code, response.headers["location"]) == (303, "/region/europe/?now=x")
        cookie = response.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert _status(guard, host="desk.example:8000", cookie=cookie.partition(";")[0]) == 200

    def test_the_link_never_redirects_to_another_host(self, guard: Guard) -> None:
        response = self._response(guard, "//evil.example/", f"digest-key={guard.key}")
        assert response.headers["location"] == "/evil.example/"

    def test_a_cookie_does_not_replace_the_token(self, guard: Guard) -> None:
        headers = {"cookie": f"{guard.cookie}={guard.key}", "host": "desk.example", "origin": "https://desk.example"}
        assert _status(guard, "POST", **_write_headers(guard, **headers)) == 200
        assert _status(guard, "POST", **_write_headers(guard, **headers, x_digest_token="")) == 403
