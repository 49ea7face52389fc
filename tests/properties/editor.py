"""Does to a site what editors, hosts and accidents do to it, at random but by a seed."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from digest.builder.commit.manifest import MANIFEST
from tests.newsroom import CONFIG, NOW, Newsroom

REGIONS = ("africa", "europe", "asia-pacific", "world")
CATEGORIES = ("politics", "sport", "culture", "science")
SETTINGS = (
    "",
    "",
    '[briefs]\npages = "all"\n',
    '[briefs]\npages = "none"\n',
    '[regions.africa]\nname = "Afrique"\n',
    '[sources.SF-PST]\nname = "Sun Features"\nfeed = "full"\n',
    '[authors.salim]\nname = "O. Salim"\n',
)


class Editor:
    """The pages as they should stand, and what can be done to them. `now` is the moment of the next build."""

    def __init__(self, room: Newsroom, seed: int) -> None:
        self.room, self.random, self.now = room, random.Random(seed), NOW  # noqa: S311 - no secret
        self.pages: dict[str, dict[str, object]] = {}
        self.serial = 0
        self.is_safe = False
        """Whether cache and manifest both say what is ours. Without either nobody could tell, so one goes at a time."""

    def edit(self) -> str:
        """One edit; its name."""
        chosen = self.random.choice(_EDITS if self.pages else [Editor.add])
        chosen(self)
        return chosen.__name__

    def _some(self) -> str:
        return self.random.choice(sorted(self.pages))

    def _file(self, name: str) -> Path:
        page = self.pages[name]
        return self.room.content / str(page["folder"] or str(page["day"]).replace("-", "/")) / f"{name}.md"

    def _write(self, name: str) -> None:
        fields = {key: value for key, value in self.pages[name].items() if key not in ("body", "folder", "day")}
        known: dict[str, object] = {"id": f"n{name:0>9}", "title": f"Headline {name}", "date": self.pages[name]["day"]}
        path = self._file(name).relative_to(self.room.content).as_posix()
        self.room.page(path, str(self.pages[name]["body"]), **(known | fields))

    def _day(self) -> str:
        return (NOW - timedelta(days=self.random.choice([0, 0, 1, 2, 40]))).date().isoformat()

    def add(self) -> None:
        self.serial += 1
        name = f"p{self.serial}"
        self.pages[name] = {
            "day": self._day(),
            "folder": self.random.choice(["", "", "", "opinion"]),
            "body": self.random.choice(["", "", f"Words of {name}.\n\nMore *words*."]),
            "regions": self.random.sample(REGIONS, self.random.choice([1, 1, 2])),
            "categories": self.random.sample(CATEGORIES, self.random.choice([1, 1, 2])),
            "story": self.random.choice([name, "one-story", "another-story"]),
            "source": self.random.choice(["NW-UTC", "SF-PST"]),
            "byline": self.random.choice(["O. Salim", "A. Reyes"]),
        }
        self._write(name)

    def retitle(self) -> None:
        name = self._some()
        self.pages[name]["title"] = f"Headline {name} take {self.random.randrange(99)}"
        self._write(name)

    def slug(self) -> None:
        name = self._some()
        self.pages[name]["slug"] = self.random.choice([f"slug-{name}", f"other-{name}", "one-slug"])
        self._write(name)

    def rewrite(self) -> None:
        name = self._some()
        self.pages[name]["body"] = f"Rewritten {self.random.randrange(10, 99)}."
        self._write(name)

    def rewrite_unseen(self) -> None:
        """Other words, as many, in the same tick of the clock."""
        name = self._some()
        before = self._file(name).stat()
        self.pages[name]["body"] = f"Rewritten {self.random.randrange(10, 99)}."
        self._write(name)
        os.utime(self._file(name), ns=(before.st_atime_ns, before.st_mtime_ns))

    def relabel(self) -> None:
        name = self._some()
        self.pages[name]["regions"] = self.random.sample(REGIONS, 1)
        self.pages[name]["categories"] = self.random.sample(CATEGORIES, 1)
        self._write(name)

    def redate(self) -> None:
        name = self._some()
        self._file(name).unlink()
        self.pages[name]["day"] = self._day()
        self._write(name)

    def move(self) -> None:
        """Another folder; the page stays as it is."""
        name = self._some()
        before = self._file(name)
        self.pages[name]["folder"] = self.random.choice(["opinion", "desk/late", ""])
        self._file(name).parent.mkdir(parents=True, exist_ok=True)
        before.rename(self._file(name))

    def thread(self) -> None:
        name = self._some()
        self.pages[name]["story"] = self.random.choice(["one-story", "another-story", name])
        self._write(name)

    def delete(self) -> None:
        name = self._some()
        self._file(name).unlink()
        del self.pages[name]

    def version(self) -> None:
        name, root = self._some(), self._some()
        if name != root and "version_of" not in self.pages[root]:
            self.pages[name]["version_of"] = f"n{root:0>9}"
            self._write(name)

    def status(self) -> None:
        name = self._some()
        self.pages[name] |= self.random.choice(
            [
                {"status": "killed"},
                {"status": "draft"},
                {"status": "published"},
                {"embargo": (NOW + timedelta(hours=5)).isoformat()},
                {"expires": (NOW + timedelta(hours=9)).isoformat()},
                {"lead": self.random.choice([1, 2])},
                {"aliases": [f"/old/{name}/"]},
                {"aliases": [f"/old/{name}.html", f"/alt%20{name}/"]},
            ]
        )
        self._write(name)

    def correct(self) -> None:
        name = self._some()
        said = f"\n  - {{date: 2026-03-12, text: Wrong {self.random.randrange(9)}}}"
        self.pages[name]["corrections"] = said
        self._write(name)

    def configure(self) -> None:
        (self.room.folder / "digest.toml").write_text(CONFIG + self.random.choice(SETTINGS), "utf-8")

    def clock(self) -> None:
        self.now = NOW + timedelta(hours=self.random.choice([0, 4, 6, 10, 60]))

    def template(self) -> None:
        text = f"<p>Mine {self.random.randrange(3)}: {{{{ page.url }}}}</p>"
        self._own(self.random.choice(["templates/gone.html", "templates/404.html"]), text)

    def static(self) -> None:
        self._own(self.random.choice(["static/robots.svg", "static/deep/a.css"]), f"{self.random.randrange(3)}")

    def _own(self, name: str, text: str) -> None:
        """A file of the site's own: written, or taken away."""
        file = self.room.folder / name
        if self.random.random() < 0.3:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def lose(self) -> None:
        """Files of the output go."""
        files = self._output()
        for file in self.random.sample(files, min(len(files), self.random.choice([1, 1, 3]))):
            self.is_safe &= file.name != MANIFEST
            file.unlink()

    def _output(self) -> list[Path]:
        files = sorted(p for p in self.room.output.rglob("*") if p.is_file())
        return files if self.is_safe else [file for file in files if file.name != MANIFEST]

    def tamper(self) -> None:
        """Somebody else writes into the output: more, less, or as much."""
        if files := self._output():
            file = self.random.choice(files)
            self.is_safe &= file.name != MANIFEST
            data = file.read_bytes()
            file.write_bytes(self.random.choice([data + b"!", data[:-1], data.swapcase()]))

    def wipe(self) -> None:
        """The whole output goes, or the whole cache."""
        if self.is_safe:
            shutil.rmtree(self.random.choice([self.room.output, self.room.folder / ".digest"]), ignore_errors=True)
            self.is_safe = False


_OFTEN: list[Callable[[Editor], None]] = [Editor.add, Editor.add, Editor.rewrite, Editor.retitle, Editor.delete]
_EDITS: list[Callable[[Editor], None]] = [
    *_OFTEN,
    *(Editor.slug, Editor.rewrite_unseen, Editor.relabel, Editor.redate, Editor.move, Editor.thread, Editor.version),
    *(Editor.status, Editor.status, Editor.correct, Editor.configure, Editor.clock, Editor.template, Editor.static),
    *(Editor.lose, Editor.tamper, Editor.wipe),
]
