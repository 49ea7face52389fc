"""The editor's controls inside the preview: an API over `edit`, and the client that speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.preview.desk.routes import DeskRoutes
from digest.preview.server.files import URL_PREFIX
from digest.preview.session import DeskAdditions

DESK_URL = f"{URL_PREFIX}/desk"


@contextmanager
def open_desk(site: Path, *, enabled: bool = True) -> Iterator[DeskAdditions | None]:
    """What a session is to add to its pages so that editors have a desk; nothing where none is wanted."""
    if not enabled:
        yield None
        return
    routes = DeskRoutes(site, DESK_URL)
    try:
        yield DeskAdditions(routes=tuple(routes.routes()), scripts=(f"{DESK_URL}/desk.js",))
    finally:
        routes.close()
