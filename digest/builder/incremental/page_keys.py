"""Key of a page: a digest of its template and of its view. A page with an equal key need not be rendered again."""

import hashlib

import msgspec

from digest.site.views import View

_encode = msgspec.json.Encoder().encode


def key_material(view: View) -> bytes:
    """Return a view and its type as JSON."""
    return _encode((type(view).__name__, view))


def page_key(template_digest: bytes, material: bytes) -> bytes:
    """Return 16 bytes: BLAKE2b of the template digest and the encoded view."""
    return hashlib.blake2b(template_digest + material, digest_size=16).digest()
