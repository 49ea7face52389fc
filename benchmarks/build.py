"""What the build costs, beside other generators that make the same site.

    python -m benchmarks.build [N] [--rounds R] [--peers hugo,eleventy,pelican] [--kinds plain,rich] [--size BYTES]

N articles of 4 kB (10,000 unless said; `--size` says how long bodies are). The peers are installed by name below
`.venv/bench`, and the sites stand there too; `--peers ''` leaves them out. Runs are interleaved, one of each generator
in turn, so that whatever else the machine does hits all alike.
"""

import argparse
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from benchmarks.compare import MACHINES, likeness
from benchmarks.corpus import BODY_BYTES, END, Article, articles
from benchmarks.measure import Attic, Cost, cost_and_memory_of, cost_of, limit, memory_of, spread_of
from benchmarks.peers.eleventy import Eleventy
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.peer import Peer
from benchmarks.peers.pelican import Pelican
from benchmarks.sites import write_page, write_site
from digest.config import default_taxonomy
from digest.labels import load_engine

PLACE = Path(__file__).parents[1] / ".venv" / "bench"
PEERS: dict[str, Peer] = {"hugo": Hugo(), "eleventy": Eleventy(), "pelican": Pelican()}
DIGEST = (sys.executable, "-m", "digest")
BUILD = (*DIGEST, "build", "--now", END.isoformat())
_MANY = 20_000
"""From so many articles on one round is enough, and one build for time and memory."""
_TOO_MANY = 200_000
"""So many articles are not held in memory, and built once; nothing else is measured of them."""


class Runner(Struct, frozen=True):
    """A generator and its site."""

    name: str
    command: Sequence[str]
    site: Path
    made: tuple[Path, ...]
    """What a build leaves, and a cold build must not find; its output first."""


def main(arguments: Sequence[str] | None = None, place: Path = PLACE) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("number", metavar="N", type=int, nargs="?", default=10_000)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--kinds", default="plain,rich")
    parser.add_argument("--size", type=int, default=BODY_BYTES)
    options = parser.parse_args(arguments)
    rounds = options.rounds or (3 if options.number < _MANY else 1)
    peers = [PEERS[name] for name in options.peers.split(",") if name]
    attic = Attic(place / "attic")
    try:
        _say_where(peers, place)
        for kind in options.kinds.split(","):
            folder = place / f"{kind}-{options.number}"
            made = articles(options.number, rich=kind == "rich", size=options.size)
            if options.number > _TOO_MANY:
                shutil.rmtree(folder, ignore_errors=True)
                write_site(folder / "digest", made)
                _cold(kind, [_ours(folder / "digest")], options.number, rounds, attic)
                continue
            corpus = list(made)
            runners = _prepared(folder, corpus, peers, place, wire=kind == "plain")
            _cold(kind, runners, options.number, rounds, attic)
            _same(runners)
            if kind == "plain":
                _warm(runners[0], corpus, rounds)
        _small(min(options.number, _MANY), place, attic)
    finally:
        shutil.rmtree(attic.folder)


def _say_where(peers: Iterable[Peer], place: Path) -> None:
    """The machine, the day, the versions."""
    model = next((li.partition(": ")[2] for li in _lines("/proc/cpuinfo") if li.startswith("model name")), "?")
    print(f"{date.today()}, {os.cpu_count()} × {model}, {platform.system()} {platform.release()}, load {_load()}")
    print(f"digest on Python {platform.python_version()}", end="")
    for peer in peers:
        folder = place / peer.name.lower()
        if not folder.exists():
            peer.install(folder)
        print(f"; {peer.name} {peer.version(folder)}", end="")
    print()


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _prepared(
    folder: Path, corpus: Sequence[Article], peers: Sequence[Peer], place: Path, *, wire: bool
) -> list[Runner]:
    """The same articles as a site for each generator, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    site = folder / "digest"
    write_site(site, corpus, wire=wire)
    runners = [_ours(site)]
    for peer in peers:
        site = folder / peer.name.lower()
        peer.write(site, corpus)
        left = tuple(site / name for name in (peer.output, "resources", "__pycache__"))
        runners.append(Runner(peer.name, peer.command(place / peer.name.lower(), site), site, left))
    return runners


def _ours(site: Path) -> Runner:
    return Runner("digest", BUILD, site, (site / "output", site / ".digest"))


def _cold(kind: str, runners: Sequence[Runner], number: int, rounds: int, attic: Attic) -> None:
    """Builds from nothing, in turn; what the disk alone takes; one more of each for its memory, if they are short."""
    costs: dict[str, list[Cost]] = {runner.name: [] for runner in runners}
    bare, memory = [], dict[str, int]()
    for _ in range(rounds):
        for runner in runners:
            attic.take(*runner.made)
            if number < _MANY:
                cost = cost_of(runner.command, runner.site)
            else:
                cost, memory[runner.name] = cost_and_memory_of(runner.command, runner.site)
            costs[runner.name].append(cost)
        if number <= _TOO_MANY:
            target = attic.folder / f"bare-{time.time_ns()}"
            bare.append(limit(runners[0].site / "content", runners[0].made[0], target))
    for runner in (r for r in runners if r.name not in memory):
        attic.take(*runner.made)
        memory[runner.name] = memory_of(runner.command, runner.site)
    print(f"\ncold build, {kind}, {rounds} rounds, load {_load()}")
    print(f"{'':10} {'wall s':>22} {'processor s':>22} {'memory MB':>10}   against digest: wall, processor, memory")
    first = runners[0].name
    for name, found in costs.items():
        wall, cpu = spread_of(c.wall for c in found), spread_of(c.cpu for c in found)
        ours = costs[first]
        by = [spread_of(t.wall / o.wall for t, o in zip(found, ours, strict=True)).median,
              spread_of(t.cpu / o.cpu for t, o in zip(found, ours, strict=True)).median,
              memory[name] / memory[first]]  # fmt: skip
        ratios = "" if name == first else "   " + "  ".join(f"{ratio:6.2f} ×" for ratio in by)
        print(f"{name:10} {wall!s:>22} {cpu!s:>22} {memory[name] / 1e6:10.0f}{ratios}")
    each = [
        1e6 * spread_of(times).median / number for times in zip(*((c.wall, c.cpu) for c in costs[first]), strict=True)
    ]
    print(f"{'an article':10} {each[0]:19.0f} µs {each[1]:19.0f} µs     of digest")
    if bare:
        wall, cpu = spread_of(c.wall for c in bare), spread_of(c.cpu for c in bare)
        print(f"{'bare loop':10} {wall!s:>22} {cpu!s:>22}     reads the same bytes and writes the same files")


def _same(runners: Sequence[Runner]) -> None:
    """Pages counted and compared."""
    ours, *others = runners
    for other in others:
        print(f"\npages of digest and of {other.name}; a sample compared")
        print(f"{'':28} {'ours':>7} {'theirs':>7} {'sample':>7} {'same links':>11} {'same text':>10} {'bytes':>7}")
        for line in likeness(ours.made[0], other.made[0]):
            text = " " * 10 if line.kind in MACHINES else f"{line.same_text:>10}"
            print(
                f"{line.kind:28} {line.ours:7} {line.theirs:7} {line.compared:7} {line.same_links:11} {text}"
                f" {line.bytes_ratio:6.2f}×"
            )


def _warm(runner: Runner, corpus: Sequence[Article], rounds: int) -> None:
    """What a later build costs, as a whole process."""
    article, content = corpus[len(corpus) // 2], runner.site / "content"
    edits: dict[str, Callable[[int], Article]] = {
        "nothing changed": lambda _: article,
        "a body edited": lambda n: article._replace(body=f"{article.body}\n\nAnd in the end number {n}."),
        "a title edited": lambda n: article._replace(title=f"{article.title} number {n}"),
    }
    # The pages were written a moment ago: a first look settles that they are as they were read.
    time.sleep(2.1)
    cost_of(runner.command, runner.site)
    print(f"\ndigest again, whole process, {rounds + 2} rounds, load {_load()}")
    for name, edit in edits.items():
        costs = []
        for n in range(rounds + 2):
            if (edited := edit(n)) is not article:
                write_page(content, edited._replace(slug=article.slug))
            costs.append(cost_of(runner.command, runner.site))
        wall, cpu = spread_of(c.wall for c in costs), spread_of(c.cpu for c in costs)
        print(f"{name:18} wall {wall} s, processor {cpu} s")
    write_page(content, article)
    cost_of(runner.command, runner.site)


def _small(number: int, place: Path, attic: Attic) -> None:
    """Import of a dump of `number` items, labels alone, and the command's own start."""
    site, made = attic.folder / f"import-{time.time_ns()}", list(articles(number // 5))
    site.mkdir()
    (site / "digest.toml").write_text('[site]\nbase_url = "https://corpus.example/"\n', "utf-8")
    dump = place / "2026-03-12T1800-nw.txt"
    dump.write_text("".join(map(_wired, made)), "utf-8")
    cost = cost_of((*DIGEST, "import", str(dump)), site)
    items = 5 * len(made)
    fast = f"{items / cost.wall:,.0f} items/s on the wall, {items / cost.cpu:,.0f} of the processor"
    print(f"\nimport of one dump of {items:,} items, a fifth of them articles: {fast}")
    labeller = load_engine(default_taxonomy())
    start = time.process_time()
    for article in made:
        labeller.label(article.title)
    print(f"labels alone: {(time.process_time() - start) / len(made) * 1e6:.0f} µs a headline")
    starts = [cost_of((*DIGEST, "--version"), place) for _ in range(9)]
    wall, cpu = spread_of(c.wall for c in starts), spread_of(c.cpu for c in starts)
    print(f"digest --version: wall {wall} s, processor {cpu} s")


def _wired(article: Article) -> str:
    """An article as the wire sends it, and four briefs with headlines of their own."""
    lines = [f"- {line[3:]} -" if line.startswith("## ") else line for line in article.body.split("\n\n")]
    briefs = (f"-\n{' '.join(article.title.split()[n:])} {article.byline} {n}\n" for n in range(4))
    return "\n".join((article.title, *lines, "O.Salim--NW", *briefs))


if __name__ == "__main__":
    main()
