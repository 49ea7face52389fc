"""The themes that come with digest, beside what holds for every theme."""

from pathlib import Path

import pytest

from digest.config import parse
from digest.theme import Renderer, load_assets, load_theme
from tests.theme import samples

NOWHERE = Path("nowhere")


@pytest.mark.parametrize("flavour", samples.FLAVOURS)
@pytest.mark.parametrize("theme", ["broadsheet", "wire"])
@pytest.mark.parametrize("often", [False, True])
def test_the_compiler_renders_every_page_of_shipped_themes(theme: str, flavour: str, often: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jinja's own code is there for mistakes: a shipped template that needs it would cost five times the time."""
    loaded, _ = load_theme(parse(f'[theme]\nname = "{theme}"\n')[0], NOWHERE)
    assert loaded is not None
    renderer = Renderer(loaded, load_assets(loaded, NOWHERE), samples.site(flavour), samples.body_html)
    slow = list[str]()

    def drawn_slowly(name: str, view: object) -> str:
        slow.append(name)
        return repr(view)

    monkeypatch.setattr(renderer, "_render_plain", drawn_slowly)
    for name, view in samples.sample_views(flavour).items():
        renderer.load(name, optimise=often)
        renderer.render(name, view)
    assert slow == []
    renderer.render("front.html", samples.sample_views(flavour)["robots.txt"])
    assert slow == ["front.html"], "a mistake would be seen"
