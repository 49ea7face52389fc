"""The preview: serves the site on this machine, rebuilds it after each save and updates the open browsers.

`watch` turns file events into batches of changes, `builder` builds them, `server` answers browsers, and `desk` adds the
controls with which editors change pages. The preview calls `digest.builder` as a whole and never one of its stages.
"""

from digest.preview import desk
from digest.preview.builder import Builder
from digest.preview.server.access import LOOPBACK, Guard
from digest.preview.session import PORT, DeskAdditions, Session, listen

__all__ = ["LOOPBACK", "PORT", "Builder", "DeskAdditions", "Guard", "Session", "desk", "listen"]
