"""Content Security Policy of pages while the desk is on: the preview's scripts, files of the site, the theme's head.

A script that runs in a page of the preview can read the token of the run and write as the editor. The policy therefore
forbids scripts in the body, where the text of the wire stands, whatever a theme lets through, and scripts from other
sites. Specification: Content Security Policy Level 3.
"""

import re
from base64 import b64encode
from hashlib import sha256

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_FIXED_DIRECTIVES = (
    "connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "base-uri 'none'"
)


def policy_of(html: bytes) -> str:
    """Return the policy of one page. Inline scripts in its head are allowed by their SHA-256 digests."""
    head, end, _ = html.partition(b"</head>")
    scripts = _INLINE_SCRIPT.findall(head) if end else ()
    digests = (b64encode(sha256(script).digest()).decode() for script in scripts)
    sources = " ".join(("'self'", *(f"'sha256-{digest}'" for digest in digests)))
    return f"script-src {sources}; script-src-attr 'none'; {_FIXED_DIRECTIVES}"
