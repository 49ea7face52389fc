"""Content Security Policy of pages while the desk is on."""

from base64 import b64encode
from hashlib import sha256

from digest.preview.server.csp import policy_of


def test_inline_scripts_are_allowed_in_the_head_by_digest_and_never_in_the_body() -> None:
    digest = b64encode(sha256(b"let a = 1;").digest()).decode()
    policy = policy_of(b"<head><script>let a = 1;</script></head><body><script>alert(1)</script></body>")
    assert policy.startswith(f"script-src 'self' 'sha256-{digest}'; script-src-attr 'none'; ")
    assert policy.count("sha256-") == 1


def test_a_page_without_head_has_no_allowed_inline_scripts() -> None:
    assert "sha256" not in policy_of(b"<script>alert(1)</script>")


def test_json_ld_in_the_head_is_not_a_script() -> None:
    assert "sha256" not in policy_of(b'<head><script type="application/ld+json">{}</script></head>')
