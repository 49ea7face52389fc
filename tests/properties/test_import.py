"""Properties of imports of any sequence of dumps, in any batches, repeated, with edits in between."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.content.rewrite import page_parts_of, raw_fields, replace_body, set_fields, split_paragraphs
from digest.ingest import Outcome
from tests.ingest.import_site import ImportSite, article, briefs

HEADLINES = (
    "Ferry sinks off Palawan, 3 dead",
    "Ferry sinks off Palawan, 9 dead",
    "FERRY SINKS OFF PALAWAN, 3 DEAD",
    "Chad and Sudan to open second day of border talks",
    "Chad and Sudan open second day of border talks in Faya",
    "Faya border talks end without a text",
    "Weaver in Oaxaca restores a loom of 1780",
    "Weaver in Oaxaca restores a loom of 1780?",
    "no: 12:30 & 1e3, says # *the* [man]",
)
MARKED = (
    "UPDATE 1-Ferry sinks off Palawan, 9 dead",
    "CORRECTED-Ferry sinks off Palawan, 4 dead (corrects toll)",
    "REFILE-Chad and Sudan to open second day of border talks",
    "RPT-Weaver in Oaxaca restores a loom of 1780",
    "KILL: Weaver in Oaxaca restores loom of 1780",
    "HOLD: Ferry sinks off Palawan, 3 dead",
    "EMBARGOED UNTIL 0600 GMT: Weaver in Oaxaca restores a loom of 1780",
    "Chad and Sudan open second day of border talks =2",
    "ADVISORY-Chad and Sudan to open third day of border talks",
    "UPDATE 3-",
)
PARAGRAPHS = (
    "The ferry left the harbour at dawn and struck a reef an hour later, the coast guard said.",
    "All who were aboard were brought to the nearest island in fishing boats.",
    "Two thousand people sang in the square until the lamps went out over the old town.",
    "# *Nobody* could say who had begun, and 1. nobody <b>wanted</b> to be the one to end it.",
)
bodies = st.lists(st.sampled_from(PARAGRAPHS), max_size=3, unique=True)
entries = st.tuples(st.sampled_from(HEADLINES + MARKED), bodies)
dumps = st.lists(st.lists(entries, min_size=1, max_size=5), min_size=1, max_size=4)
SOURCES = ("nw", "mdl")

quickly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def _site_with_dumps(sequence: list[list[tuple[str, list[str]]]]) -> Iterator[tuple[ImportSite, list[str]]]:
    """A site, and dumps in its tray, two a day, of two agencies in turn."""
    with tempfile.TemporaryDirectory() as folder:
        site = ImportSite(Path(folder), '[import]\nrecurring = ["no: …"]\n')
        names = []
        for n, entries_of_dump in enumerate(sequence):
            parts = (article(h, *body) if body else briefs(h) for h, body in entries_of_dump)
            names.append(f"2026-03-{10 + n // 2}T{6 + 12 * (n % 2):02}00-{SOURCES[n % 2]}.txt")
            site.write_dump(names[-1], "".join(parts))
        yield site, names


@quickly
@given(dumps, st.integers(0, 4))
def test_batching_does_not_matter(sequence: list[list[tuple[str, list[str]]]], cut: int) -> None:
    with (
        _site_with_dumps(sequence) as (at_once, names),
        _site_with_dumps(sequence) as (one_by_one, _),
        _site_with_dumps(sequence) as (in_two, _),
    ):
        at_once.import_dumps(*reversed(names))
        for name in names:
            one_by_one.import_dumps(name)
        in_two.import_dumps(*names[:cut])
        in_two.import_dumps(*names[cut:])
        assert at_once.files() == one_by_one.files()
        assert at_once.files() == in_two.files()


@quickly
@given(dumps)
def test_importing_again_changes_nothing(sequence: list[list[tuple[str, list[str]]]]) -> None:
    with _site_with_dumps(sequence) as (site, names):
        site.import_dumps(*names)
        before = site.files()
        assert site.import_dumps(*names).written == ()
        for name in names:
            site.import_dumps(name)
        assert site.files() == before


@quickly
@given(dumps)
def test_every_item_has_an_outcome_and_every_page_an_id_of_its_own(
    sequence: list[list[tuple[str, list[str]]]],
) -> None:
    with _site_with_dumps(sequence) as (site, names):
        report = site.import_dumps(*names)
        assert sum(report.count(outcome) for outcome in Outcome) == sum(dump.items for dump in report.dumps)
        fields = [raw_fields(text) for text in site.pages().values()]
        assert len({str(f["id"]) for f in fields}) == len(fields)
        ids = {f["id"] for f in fields}
        assert all(f.get("version_of", f["id"]) in ids for f in fields)
        assert len(fields) == sum(map(report.count, (Outcome.NEW, Outcome.FOLLOW_UP, Outcome.VERSION)))


@quickly
@given(dumps, st.data())
def test_an_editors_text_survives_later_imports(
    sequence: list[list[tuple[str, list[str]]]], data: st.DataObject
) -> None:
    with _site_with_dumps(sequence) as (site, names):
        edited: dict[str, tuple[str, str]] = {}
        removed: set[str] = set()
        for name in names:
            site.import_dumps(name)
            for page, text in site.pages().items():
                assert page not in removed
                if page in edited:
                    title, paragraph = edited[page]
                    assert raw_fields(text)["title"] == title
                    assert "# kept" in text
                    assert paragraph in page_parts_of(text).body
                elif data.draw(st.booleans()):
                    edited[page] = _edited(site, page, text, len(edited))
            for page in [page for page in site.pages() if data.draw(st.integers(0, 5)) == 0]:
                (site.content / page).unlink()
                edited.pop(page, None)
                removed.add(page)
        assert edited.keys() <= site.pages().keys()


def _edited(site: ImportSite, page: str, text: str, number: int) -> tuple[str, str]:
    """Change a page as an editor does: a title, a comment, a status, a paragraph."""
    title, paragraph = f"Our title {number}", f"Our paragraph {number}."
    paragraphs = [*split_paragraphs(page_parts_of(text).body)[1:], paragraph]
    changed = replace_body(set_fields(text, {"title": title, "status": "hold"}), paragraphs)
    (site.content / page).write_bytes(changed.replace("\nstatus: hold\n", "\nstatus: hold  # kept\n").encode())
    return title, paragraph
