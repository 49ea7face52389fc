"""Incremental equals clean, byte for byte, over random edits built one by one."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from digest.build import build
from tests.newsroom import CONFIG, NOW, Newsroom
from tests.pictures.files import picture

REGIONS = ("africa", "europe", "asia-pacific", "world")
CATEGORIES = ("politics", "sport", "culture", "science")


class Editor:
    """Does to a site what editors do, at random but by a seed."""

    def __init__(self, room: Newsroom, seed: int) -> None:
        self.room, self.random, self.now = room, random.Random(seed), NOW  # noqa: S311 - no secret
        self.pages: dict[str, dict[str, object]] = {}
        self.serial = 0

    def edit(self) -> str:
        """One edit; its name."""
        edits = [self.add, self.add, self.retitle, self.rewrite, self.relabel, self.move, self.thread, self.delete]
        edits += [self.version, self.status, self.configure, self.clock, self.damage, self.template, self.correct]
        edits += [self.illustrate, self.photograph]
        chosen = self.random.choice(edits if self.pages else [self.add])
        chosen()
        return chosen.__name__

    def _some(self) -> str:
        return self.random.choice(sorted(self.pages))

    def _write(self, name: str) -> None:
        fields = dict(self.pages[name])
        body = str(fields.pop("body"))
        self.room.item(name, body=body, **fields)  # type: ignore[arg-type] # fields are text and lists of text

    def _day(self) -> str:
        return (NOW - timedelta(days=self.random.choice([0, 0, 1, 2, 40]))).date().isoformat()

    def add(self) -> None:
        self.serial += 1
        name = f"p{self.serial}"
        self.pages[name] = {
            "day": self._day(),
            "body": self.random.choice(["", "", f"Words of {name}.\n\nMore *words*."]),
            "regions": self.random.sample(REGIONS, self.random.choice([1, 1, 2])),
            "categories": self.random.sample(CATEGORIES, self.random.choice([1, 1, 2])),
            "story": self.random.choice([name, "one-story", "another-story"]),
        }
        self._write(name)

    def retitle(self) -> None:
        name = self._some()
        self.pages[name]["title"] = f"Headline {name} take {self.random.randrange(99)}"
        self._write(name)

    def rewrite(self) -> None:
        name = self._some()
        self.pages[name]["body"] = f"Rewritten {self.random.randrange(99)}."
        self._write(name)

    def relabel(self) -> None:
        name = self._some()
        self.pages[name]["regions"] = self.random.sample(REGIONS, 1)
        self.pages[name]["categories"] = self.random.sample(CATEGORIES, 1)
        self._write(name)

    def move(self) -> None:
        name = self._some()
        self.delete(name)
        self.pages[name]["day"] = self._day()
        self._write(name)

    def thread(self) -> None:
        name = self._some()
        self.pages[name]["story"] = self.random.choice(["one-story", "another-story", name])
        self._write(name)

    def delete(self, name: str = "") -> None:
        chosen = name or self._some()
        day = str(self.pages[chosen]["day"]).replace("-", "/")
        (self.room.content / day / f"{chosen}.md").unlink()
        if not name:
            del self.pages[chosen]

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
            ]
        )
        self._write(name)

    def correct(self) -> None:
        name = self._some()
        page = self.pages[name]
        file = self.room.content / str(page["day"]).replace("-", "/") / f"{name}.md"
        text = file.read_text("utf-8")
        said = f"corrections:\n  - {{date: 2026-03-12, text: Wrong {self.random.randrange(9)}}}\n---\n"
        if "corrections:" not in text:
            head, _, rest = text.removeprefix("---\n").partition("---\n")
            file.write_text(f"---\n{head}{said}{rest}", "utf-8")

    def configure(self) -> None:
        choice = self.random.choice(
            ['[briefs]\npages = "all"\n', '[briefs]\npages = "none"\n', "", '[regions.africa]\nname = "Afrique"\n']
        )
        (self.room.folder / "digest.toml").write_text(CONFIG + choice, "utf-8")

    def clock(self) -> None:
        self.now = NOW + timedelta(hours=self.random.choice([0, 6, 10, 60]))

    def damage(self) -> None:
        files = sorted(p for p in self.room.output.rglob("*.html"))
        if files:
            self.random.choice(files).unlink()

    def illustrate(self) -> None:
        """A page names a picture, which may not be there."""
        name, shown = self._some(), self.random.choice(["/wet.png", "/dry.png"])
        self.pages[name] |= self.random.choice(
            [{"image": shown, "image_alt": "Streets"}, {"body": f"Words.\n\n![Streets]({shown})"}]
        )
        self._write(name)

    def photograph(self) -> None:
        """A picture is new, another one, or gone."""
        file = self.room.content / self.random.choice(["wet.png", "dry.png"])
        if file.exists() and not self.random.randrange(3):
            file.unlink()
        else:
            file.write_bytes(picture(self.random.randrange(20, 24), 20, "PNG"))

    def template(self) -> None:
        folder = self.room.folder / "templates"
        folder.mkdir(exist_ok=True)
        (folder / "gone.html").write_text(f"<p>Gone {self.random.randrange(3)}: {{{{ page.url }}}}</p>", "utf-8")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_edits_end_in_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    room = Newsroom(tmp_path)
    editor = Editor(room, seed)
    done = []
    for step in range(1, 51):
        done.append(editor.edit())
        report = build(room.request(editor.now))
        if report.ok and (step % 10 == 0 or step == 50):
            clean = room.clean(tmp_path / f"clean-{step}", editor.now)
            mine = room.files()
            assert mine.keys() == clean.keys(), done
            assert [path for path in mine if mine[path] != clean[path]] == [], done
