"""Checks that need all entries of a site."""

from collections.abc import Iterator

from digest.builder.context import BuildContext
from digest.builder.state.database import State
from digest.config import CONFIG_FILE
from digest.issues import Issue, Place, issue


def site_issues(state: State, setting: BuildContext) -> Iterator[Issue]:
    """Report sources without an entry in digest.toml, and entries of one edition with the same `lead`."""
    sources = {source for line in state.sources() for source in line.split("\n") if source}
    for source in sorted(sources - setting.config.sources.keys()):
        hint = f"add a table [sources.{source}] with its name, credit and rights"
        yield issue("source-unknown", Place(CONFIG_FILE), f"the source `{source}` has no entry", hint)
    for edition, lead, paths in state.tied_leads():
        first, *others = paths.split("\n")
        message = f"`lead: {lead}` of {edition} is also wanted by {', '.join(f'content/{p}' for p in others)}"
        yield issue("lead-tie", Place(f"content/{first}"), message, "give one of them another number")
