"""`digest thread`: which headlines tell one story."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from digest.cli.options import takes_site
from digest.cli.process.abort import Stop, misuse
from digest.cli.sites import config_here
from digest.cli.terminal.input_lines import STDIN, lines_of
from digest.cli.terminal.reporter import Reporter
from digest.config import Import
from digest.issues import Place, issue
from digest.model import KnownItem, Thread
from digest.stories import SAME_EVENT, SAME_NEWS, Threader, headline_similarity, tsv_of

BARS = {"event": SAME_EVENT, "news": SAME_NEWS}


@click.command()
@click.argument("file", metavar="[FILE|-]", default=STDIN, type=click.Path(path_type=Path))
@click.option("--tsv", is_flag=True, help="A line each: story, score, evidence.")
@click.option("--pairs", is_flag=True, help="Two headlines a line, parted by a tab: whether they tell one event.")
@click.option(
    "--bar",
    type=click.Choice(list(BARS)),
    default="event",
    help="What counts as one in `--pairs`: one event (the default), or the same news, said in other words.",
)
@takes_site
@click.pass_obj
def command(out: Reporter, file: Path, tsv: bool, pairs: bool, bar: str, site: Path | None) -> int:
    """Say which story each line of `date<TAB>headline` belongs to, the oldest first."""
    if tsv and pairs:
        raise misuse("`--tsv` and `--pairs` exclude each other", "take one of them")
    window = config_here(site).imports
    if out.machine:
        rows = list(_pairs(file, BARS[bar])) if pairs else [_plain(n, t) for n, t in _threaded(file, window)]
        return out.end(data={"pairs" if pairs else "threads": rows})
    if pairs:
        for row in _pairs(file, BARS[bar]):
            out.say(f"{'yes' if row['same'] else 'no'}\t{row['score']:.3f}")
        return 0
    for known, thread in _threaded(file, window):
        out.say(tsv_of(thread) if tsv else shown(known, thread))
    return 0


def _threaded(file: Path, window: Import) -> Iterator[tuple[KnownItem, Thread]]:
    """Each line and where it belongs, as the lines come in; each is known to those after it."""
    index = Threader(window.story_days, window.version_hours)
    roots: dict[str, str] = {}
    for number, line in enumerate(lines_of(file), 1):
        written, _, title = line.partition("\t")
        day = _day_of(written, file, number)
        name = str(number)
        new = KnownItem(id=name, title=title, day=day, seen=written, story="", root=name)
        thread = index.thread(new)
        roots[name] = roots.get(thread.entry_id, name) if thread.relation == "version" else name
        index.add(KnownItem(id=name, title=title, day=day, seen=written, story=thread.story, root=roots[name]))
        yield new, thread


def _day_of(written: str, file: Path, line: int) -> date:
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError as error:
        hint = "begin each line with a date such as 2026-02-05 and a tab"
        place = Place(file.as_posix(), line, 1)
        raise Stop(issue("usage", place, f"`{written[:40]}` is no date", hint)) from error


def _pairs(file: Path, bar: float) -> Iterator[dict[str, Any]]:
    for line in lines_of(file):
        one, _, other = line.partition("\t")
        score, evidence = headline_similarity(one, other)
        yield {"same": score >= bar, "score": score, "evidence": evidence}


def shown(known: KnownItem, thread: Thread) -> str:
    """A line and where it belongs, for people."""
    relation = "" if thread.relation == "new" else f" ({thread.relation} of line {thread.entry_id}, {thread.score:.0%})"
    return f"{known.title}\n  {thread.story}{relation}"


def _plain(known: KnownItem, thread: Thread) -> dict[str, Any]:
    return {
        "line": int(known.id),
        "story": thread.story,
        "relation": thread.relation,
        "of": int(thread.entry_id) if thread.entry_id else None,
        "score": thread.score,
        "evidence": thread.evidence,
    }
