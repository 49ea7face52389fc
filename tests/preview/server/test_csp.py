"""What a page of the preview may run."""

from base64 import b64encode
from hashlib import sha256

from digest.preview.server.csp import policy_of


def test_a_script_in_the_head_is_allowed_by_its_digest_and_none_in_the_body() -> None:
    digest = b64encode(sha256(b"let a = 1;").digest()).decode()
    policy = policy_of(b"<head><script>let a = 1;</script></head><body><script>alert(1)</script></body>")
    assert policy.startswith(f"script-src 'self' 'sha256-{digest}'; script-src-attr 'none'; ")
    assert policy.count("sha256-") == 1


def test_a_page_without_a_head_runs_nothing_of_its_own() -> None:
    assert "sha256" not in policy_of(b"<script>alert(1)</script>")


def test_data_in_the_head_is_no_script() -> None:
    assert "sha256" not in policy_of(b'<head><script type="application/ld+json">{}</script></head>')
