"""An archive that saw every change knows what one that sees the folder for the first time knows."""

import shutil
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import parse
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from digest.model import Labels

CONFIG = parse("")[0]
NAMES = st.sampled_from(["a.md", "b.md", "2026/03/10/a.md", "2026/03/10/c.md", "desk/d.md"])
IDS = st.sampled_from(["n1", "n2", "n3", ""])
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, IDS, st.sampled_from(["Rain", "Snow"])),
    st.tuples(st.just("break"), NAMES, st.just(""), st.just("")),
    st.tuples(st.just("delete"), NAMES, st.just(""), st.just("")),
    st.tuples(st.just("rename"), NAMES, NAMES, st.just("")),
)


class Labeller:
    """Says Europe and sport of everything."""

    name, version = "fixed", "1"

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region="europe", category="sport")


def identify(title: str, day: date) -> str:
    return f"n{title.lower()}-{day:%d}"


def do(step: tuple[str, str, str, str], content: Path) -> None:
    """One change to the folder."""
    what, name, other, title = step
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if what == "write":
        file.write_text(f"---\nid: {other}\ntitle: {title}\ndate: 2026-03-10\n---\n", encoding="utf-8")
    elif what == "break":
        file.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    elif what == "delete":
        file.unlink(missing_ok=True)
    elif file.exists():
        (content / other).parent.mkdir(parents=True, exist_ok=True)
        file.rename(content / other)


def told(site: Path) -> tuple[object, ...]:
    """All that a new archive says of the folder."""
    shutil.rmtree(site / ".digest", ignore_errors=True)
    with closing(open_store(site, SCHEMA)) as store:
        archive = Archive(site, store, CONFIG, Labeller, identify, "1")
        archive.refresh()
        return archive.rows(), list(archive.items(row.path for row in archive.rows())), archive.issues()


@settings(max_examples=40)
@given(st.lists(st.lists(STEPS, max_size=4), min_size=1, max_size=4))
def test_what_an_archive_knows_does_not_depend_on_how_it_came_to_know_it(
    days: list[list[tuple[str, str, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        content = site / "content"
        content.mkdir()
        mirror: dict[str, str] = {}
        with closing(open_store(site, SCHEMA)) as store:
            archive = Archive(site, store, CONFIG, Labeller, identify, "1")
            for steps in days:
                for step in steps:
                    do(step, content)
                done = archive.refresh()
                rows = {row.path: row.digest for row in archive.rows()}
                # What is said to have changed is all that has, and no more.
                for path in done.removed:
                    del mirror[path]
                for path in done.changed:
                    assert mirror.get(path) != rows[path]
                    mirror[path] = rows[path]
                assert mirror == rows
            known = archive.rows(), list(archive.items(row.path for row in archive.rows())), archive.issues()
        assert known == told(site)
