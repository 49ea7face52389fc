"""What a page may run while the desk is on: our scripts, the site's own files, and what the theme has in its head.

Whoever can run a script in a page of the preview can read the token of the run and write as the editor does. So what
the wire wrote, which stands in the body, runs nothing, whatever a theme lets through; nor does anything from elsewhere.
Content Security Policy, level 3.
"""

import re
from base64 import b64encode
from hashlib import sha256

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_REST = (
    "connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "base-uri 'none'"
)


def policy_of(html: bytes) -> str:
    """The policy of one page; the scripts in its head are allowed by their digests."""
    head, end, _ = html.partition(b"</head>")
    digests = (b64encode(sha256(script).digest()).decode() for script in (_INLINE.findall(head) if end else ()))
    allowed = " ".join(("'self'", *(f"'sha256-{digest}'" for digest in digests)))
    return f"script-src {allowed}; script-src-attr 'none'; {_REST}"
