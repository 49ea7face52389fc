"""Tests of the shipped themes alone."""

from pathlib import Path

import pytest

from digest.config import parse
from digest.theme import Renderer, load_assets, load_theme
from tests.theme import samples

NOWHERE = Path("nowhere")


@pytest.mark.parametrize("flavour", samples.FLAVOURS)
@pytest.mark.parametrize("theme", ["broadsheet", "wire"])
@pytest.mark.parametrize("often", [False, True])
def test_the_compiler_renders_every_page(
    theme: str, flavour: str, often: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jinja's own code is the fallback for errors; a shipped template that needed it would be five times as slow."""
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
