"""Templates in the sandbox cannot reach classes, files or other pages, and cannot fill the memory."""

from pathlib import Path

import pytest

from digest.config import parse
from digest.theme import Renderer, TemplateError, Theme, check_templates, load_theme
from digest.theme.locate import installed_themes
from tests.theme import samples
from tests.theme.sites import EVENING, assets_of, put, theme_of

HARM = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ page.__class__ }}",
    "{{ page.__struct_fields__ }}",
    "{{ page|attr('__class__') }}",
    "{{ [page]|map(attribute='__class__')|list }}",
    "{{ t.__globals__ }}",
    "{{ asset.__globals__['re'] }}",
    "{{ t.__call__.__globals__ }}",
    "{{ t._strings }}",
    "{{ self.__init__.__globals__ }}",
    "{{ (t|string).__class__ }}",
    "{{ '{0.__class__}'.format(page) }}",
    "{{ '{0.__class__}'|format(page) ~ page['__class__'] }}",
    "{{ cards.append(1) }}{% set cards = [] %}{{ cards.append(1) }}",
    "{{ site.regions.clear() }}",
    "{{ range(1000000)|length }}",
    "{{ 'x' * 1000000000 }}",
    "{{ 1000000000 * [1] }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x'|center(1000000000) }}",
    "{% set n = namespace(path='2026/03/12/embargoed.md', pictures=()) %}{{ n|body }}",
    "{% set n = namespace(path='../digest.toml', pictures=()) %}{{ n|body(whole=true) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.environ }}",
)
HUGE = (
    "{{ 'a\\na'|indent(1000000000) }}",
    "{{ [1]|batch(1000000000, 0)|first|length }}",
    "{{ [1]|slice(1000000000)|list|length }}",
    "{{ (((2 ** 64) ** 64) ** 64) ** 64 }}",
    "{{ ('a' * 99999)|replace('a', 'b' * 99999) }}",
    "{{ ('a' * 99999).replace('a', 'b' * 99999) }}",
    "{{ [1, 2]|map('replace', '', 'b' * 99999)|list }}",
    "{{ (['b' * 99999] * 99999)|join }}",
    "{{ ([{'a': 'b' * 99999}] * 99999)|join(attribute='a') }}",
    "{{ ('b' * 99999).join(['a'] * 99999) }}",
    "{{ ('b' * 99999).translate({98: 'b' * 99999}) }}",
    "{{ ([[1] * 99999] * 99999)|sum(start=[]) }}",
    "{{ (1).to_bytes(1000000000, 'big') }}",
    "{{ 'a'.encode().ljust(1000000000) }}",
)


CHOSEN = '[theme]\nname = "evening"\n'


def _theme(folder: Path, template: str, config: str = CHOSEN) -> Theme:
    files = {"themes/evening/theme.toml": EVENING, "themes/evening/templates/404.html": template}
    return theme_of(folder, files, config)


def _renderer(folder: Path, template: str, config: str = CHOSEN) -> Renderer:
    theme = _theme(folder, template, config)
    return Renderer(theme, assets_of(theme, folder), samples.site(), samples.body_html)


@pytest.mark.parametrize("template", HARM)
def test_harmful_templates_are_errors(tmp_path: Path, template: str) -> None:
    try:
        text = _renderer(tmp_path, template).render("404.html", samples.sample_views()["404.html"])
    except TemplateError:
        return
    for leak in ("class ", "<class", "module", "function", "('url'", "root:"):
        assert leak not in text, text


@pytest.mark.parametrize("template", HUGE)
def test_huge_results_are_errors(tmp_path: Path, template: str) -> None:
    with pytest.raises(TemplateError):
        _renderer(tmp_path, template).render("404.html", samples.sample_views()["404.html"])


def test_limited_filters_work_within_the_limits(tmp_path: Path) -> None:
    template = (
        "{{ 'a-b'|replace('-', '<') }} {{ ['<', 'b'|safe]|join('-') }} {{ [{'n': 1}, {'n': 2}]|join(',', 'n') }} "
        "{{ [1, 2]|sum }} {{ [{'n': 1}, {'n': 2}]|sum('n') }} {{ 'aaa'|replace('a', 'b', 2) }}"
    )
    drawn = _renderer(tmp_path, template).render("404.html", samples.sample_views()["404.html"])
    assert drawn == "a&lt;b &lt;-b 1,2 3 3 bba\n"


@pytest.mark.parametrize("template", [*HARM, *HUGE])
def test_checks_do_not_run_harmful_templates(tmp_path: Path, template: str) -> None:
    check_templates(_theme(tmp_path, template))


def test_only_shipped_and_trusted_themes_are_not_sandboxed(tmp_path: Path) -> None:
    assert _theme(tmp_path, "x").sandboxed
    assert not _theme(tmp_path, "x", CHOSEN + "trusted = true\n").sandboxed
    assert not theme_of(tmp_path, {"templates/404.html": "x"}).sandboxed, "a site's own templates are its own"


@pytest.mark.parametrize("flavour", samples.FLAVOURS)
def test_pages_are_equal_inside_the_sandbox(tmp_path: Path, flavour: str) -> None:
    inside, outside = (_theme(tmp_path, "{{ page.url }}", CHOSEN + more) for more in ("", "trusted = true\n"))
    drawn = [
        Renderer(theme, assets_of(theme, tmp_path), samples.site(flavour), samples.body_html)
        for theme in (inside, outside)
    ]
    for template, view in samples.sample_views(flavour).items():
        assert drawn[0].render(template, view) == drawn[1].render(template, view), template


def test_a_theme_in_a_package_is_found_and_no_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = "digest_night-1.dist-info"
    put(tmp_path / "packages", {
        "digest_night/__init__.py": "raise SystemExit",
        "digest_night/theme.toml": 'name = "night"\nparent = "broadsheet"\n',
        "digest_night/templates/404.html": "It is dark.",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: digest-night\nVersion: 1\n",
        f"{info}/entry_points.txt": "[digest.themes]\nnight = digest_night\nnobody = digest_nobody\n",
    })  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path / "packages")
    installed_themes.cache_clear()
    try:
        theme, issues = load_theme(parse('[theme]\nname = "night"\n')[0], tmp_path)
        assert not issues
        assert theme is not None
        assert theme.sandboxed
        assert theme.templates["404.html"].source == "It is dark."
    finally:
        installed_themes.cache_clear()
