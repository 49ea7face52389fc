"""The preview: every save on the screen at once. Calls `build` and knows none of its stages."""

from digest.preview.builder import Builder
from digest.preview.server import LOOPBACK
from digest.preview.session import PORT, Session, listen

__all__ = ["LOOPBACK", "PORT", "Builder", "Session", "listen"]
