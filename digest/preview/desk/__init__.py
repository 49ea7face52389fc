"""The editor's controls inside the preview: an API over `edit`, and the client that speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.preview.desk.routes import Routes
from digest.preview.server.files import OURS
from digest.preview.session import Desk

AT = f"{OURS}/desk"


@contextmanager
def opened(site: Path, *, wanted: bool = True) -> Iterator[Desk | None]:
    """What a session is to add to its pages so that editors have a desk; nothing where none is wanted."""
    if not wanted:
        yield None
        return
    routes = Routes(site, AT)
    try:
        yield Desk(routes=tuple(routes.routes()), scripts=(f"{AT}/desk.js",))
    finally:
        routes.close()
