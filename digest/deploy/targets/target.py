"""Protocol of a deploy target. A new kind is a class with these methods and a line in `target_of`."""

from pathlib import Path
from typing import Protocol

from digest import config
from digest.deploy.plan import Plan
from digest.deploy.targets.folder import FolderTarget
from digest.issues import Issue
from digest.model import Manifest, OutputFile


class Target(Protocol):
    """A place that serves a site. Nothing that readers see changes before `put`.

    Every step can be repeated: after a death the same shipment is simply done again.
    """

    def __str__(self) -> str:
        """Return the location for messages."""

    def manifest(self) -> tuple[Manifest, tuple[Issue, ...]]:
        """Return the manifest of the live release; an empty one when there is none."""

    def stage(self, todo: Plan, output: Path | None) -> tuple[Issue, ...]:
        """Brings all files of the plan near, checked; from `output`, or from kept releases. Nothing shows yet.

        With an error among the issues the shipment ends here.
        """

    def put(self, file: OutputFile) -> None:
        """Shows a staged file, whole, in place of what was there."""

    def delete(self, file: OutputFile) -> None:
        """Takes a file away. One that is gone already is no error."""

    def finish(self, todo: Plan, *, back: bool) -> None:
        """Writes the new manifest, last. Keeps the old release unless this was a step `back`."""

    def before(self) -> Manifest | None:
        """The release before the one that is there now."""


def target_of(chosen: config.Target, site: Path) -> Target:
    """The target that the configuration describes; a relative path counts from the site's folder."""
    return FolderTarget(site / Path(chosen.path).expanduser())
