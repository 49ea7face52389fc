"""Pages with and without the template compiler."""

import pytest

from digest.speedups import VARIABLE
from digest.theme import TEMPLATES, Renderer, load_assets
from tests.theme import samples
from tests.theme.test_renderer import COMPLETE, NOWHERE, _page, _theme

SPEEDUP = "template-compiler"


@pytest.mark.parametrize("theme", COMPLETE)
@pytest.mark.parametrize("flavour", samples.FLAVOURS)
def test_pages_are_equal_with_and_without_the_compiler(
    theme: str, flavour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {template: _page(theme, flavour, template) for template in TEMPLATES}
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    loaded = _theme(theme)
    plain = Renderer(loaded, load_assets(loaded, NOWHERE), samples.site(flavour), samples.body_html)
    assert plain._compiler is None
    for template in TEMPLATES:
        plain.load(template)
        page = plain.render(template, samples.sample_views(flavour)[template])
        assert page == pages[template]


@pytest.mark.parametrize("theme", COMPLETE)
@pytest.mark.parametrize("name", samples.sample_views())
def test_a_flattened_template_renders_the_same_page(name: str, theme: str) -> None:
    loaded, site = _theme(theme), samples.site()
    assets = load_assets(loaded, NOWHERE)
    plain, flattened = (Renderer(loaded, assets, site, samples.body_html) for _ in range(2))
    flattened.load(name, optimise=True)
    for flavour in samples.FLAVOURS:
        view = samples.sample_views(flavour)[name]
        assert flattened.render(name, view) == plain.render(name, view)
