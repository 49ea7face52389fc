"""The pages of which `make shots` takes screenshots."""

from pathlib import Path

from tests.browser.shots import THEMES, album, of_some, of_theme
from tests.browser.surfing import SCHEMES, WIDTHS
from tests.sites.paper import Paper

PAGES = ("front", "region", "edition", "article", "story")


def test_screenshots_cover_every_theme_width_and_scheme(example: Paper) -> None:
    shots = [shot for theme in THEMES for shot in of_theme(theme, example)]
    names = [shot.name for shot in shots]
    assert len(set(names)) == len(names)
    assert set(names) >= {f"{t}-{p}-{w}-{s}" for t in THEMES for p in PAGES for w in WIDTHS for s in SCHEMES}
    assert {shot.media for shot in shots} == {"screen", "print"}
    assert all((example.output / shot.path / "index.html").is_file() for shot in shots)


def test_the_index_shows_all_screenshots(example: Paper) -> None:
    pictures = [Path(f"{shot.name}.png") for shot in of_some("rtl", example)]
    assert len(pictures) == len(WIDTHS) * 2
    page = album(pictures)
    assert [page.count(f'src="{picture.name}"') for picture in pictures] == [1] * len(pictures)
