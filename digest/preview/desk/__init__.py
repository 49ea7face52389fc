"""The desk: the editor's controls inside the preview, a JSON API and the client scripts that call it.

`open_desk` returns what a preview session adds to its pages. `service.DeskService` carries out each request,
`entry_index` knows the entries of the last build, and `writer` changes files through `digest.edit`. The desk never
builds a page and never writes to the output: the preview notices the changed file as it notices any other save.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.preview.desk.routes import DeskRoutes
from digest.preview.server.files import URL_PREFIX
from digest.preview.session import DeskAdditions

__all__ = ["DESK_URL", "open_desk"]

DESK_URL = f"{URL_PREFIX}/desk"


@contextmanager
def open_desk(site: Path, *, enabled: bool = True) -> Iterator[DeskAdditions | None]:
    """Yield the desk's routes and scripts for a preview session, or None if the desk is not `enabled`."""
    if not enabled:
        yield None
        return
    routes = DeskRoutes(site, DESK_URL)
    try:
        yield DeskAdditions(routes=tuple(routes.routes()), scripts=(f"{DESK_URL}/desk.js",))
    finally:
        routes.close()
