"""The preview: every save on the screen at once. Calls `build` and knows none of its stages."""

from digest.preview import desk
from digest.preview.builder import Builder
from digest.preview.server.access import LOOPBACK, Guard
from digest.preview.session import PORT, DeskAdditions, Session, listen

__all__ = ["LOOPBACK", "PORT", "Builder", "DeskAdditions", "Guard", "Session", "desk", "listen"]
