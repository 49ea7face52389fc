"""Assets: selected files and their shipped names."""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from digest.theme import Assets, load_assets, theme_context_digest
from tests.theme import samples
from tests.theme.sites import EVENING, assets_of, drawn, put, theme_of


def _assets(folder: Path, files: Mapping[str, str], used: str) -> Assets:
    return assets_of(theme_of(folder, {"templates/404.html": used, **files}), folder)


def _file(assets: Assets, name: str) -> tuple[str, bytes, str]:
    file = next(f for f in assets.files if f.path == assets.links[name].path)
    return file.path, file.data, file.type


def test_only_assets_named_in_templates_are_shipped(tmp_path: Path) -> None:
    files = {
        "themes/evening/theme.toml": EVENING,
        "themes/evening/static/a.css": "a{}",
        "themes/evening/static/b.css": "b{}",
        "templates/404.html": '{{ asset("a.css").url }}',
    }
    assets = assets_of(theme_of(tmp_path, files, '[theme]\nname = "evening"\n'), tmp_path)
    assert "a.css" in assets.links
    assert "b.css" not in assets.links
    assert not [f for f in assets.files if b"b{}" in f.data]


def test_shipped_names_contain_a_content_digest(tmp_path: Path) -> None:
    one = _assets(tmp_path / "1", {"static/a.css": "a{}"}, '{{ asset("a.css").url }}').links["a.css"]
    two = _assets(tmp_path / "2", {"static/a.css": "b{}"}, '{{ asset("a.css").url }}').links["a.css"]
    assert re.fullmatch(r"assets/a\.[0-9a-f]{8}\.css", one.path)
    assert one.path != two.path
    assert one.integrity == "sha384-" + base64.b64encode(hashlib.sha384(b"a{}").digest()).decode()


def test_shipped_names_keep_folders_and_double_suffixes(tmp_path: Path) -> None:
    assets = _assets(tmp_path, {"static/fonts/x.min.js": "1"}, '{{ asset("fonts/x.min.js").url }}')
    assert re.fullmatch(r"assets/fonts/x\.min\.[0-9a-f]{8}\.js", assets.links["fonts/x.min.js"].path)
    assert _file(assets, "fonts/x.min.js")[2] == "text/javascript; charset=utf-8"


CSS = """@import "base/reset.css";
@import url(base/print.css) print;
a { background: url("img/dot.svg#red"), url( 'img/dot.svg' ), url(data:image/gif;base64,R0lGOD) }
b { background: url(https://example.com/x.png), url(/own.png), url(#here) }
"""


def test_files_named_in_stylesheets_are_shipped_and_renamed(tmp_path: Path) -> None:
    files = {
        "static/css/a.css": CSS,
        "static/css/base/reset.css": "p{background:url(../img/dot.svg)}",
        "static/css/base/print.css": "p{}",
        "static/css/img/dot.svg": "<svg/>",
    }
    assets = _assets(tmp_path, files, '{{ asset("css/a.css").url }}')
    text = _file(assets, "css/a.css")[1].decode()
    mark = {name: link.path.rsplit(".", 2)[1] for name, link in assets.links.items()}
    dot = f"img/dot.{mark['css/img/dot.svg']}.svg"
    assert f'@import "base/reset.{mark["css/base/reset.css"]}.css"' in text
    assert f'@import url("base/print.{mark["css/base/print.css"]}.css") print' in text
    assert f'url("{dot}#red"),url("{dot}"),url(data:image/gif;base64,R0lGOD)' in text
    assert "url(https://example.com/x.png),url(/own.png),url(#here)" in text
    assert _file(assets, "css/base/reset.css")[1].decode() == f'p{{background:url("../{dot}")}}'


def test_a_changed_picture_renames_the_stylesheet_that_uses_it(tmp_path: Path) -> None:
    used = '{{ asset("a.css").url }}'
    one = _assets(tmp_path / "1", {"static/a.css": "a{background:url(b.svg)}", "static/b.svg": "<svg/>"}, used)
    two = _assets(tmp_path / "2", {"static/a.css": "a{background:url(b.svg)}", "static/b.svg": "<svg></svg>"}, used)
    assert one.links["a.css"].path != two.links["a.css"].path


def test_assets_of_the_site_override_the_theme_and_its_parent(tmp_path: Path) -> None:
    files = {
        "themes/evening/theme.toml": EVENING,
        "themes/evening/static/style.css": "evening{}",
        "themes/evening/static/a.css": "evening{}",
        "static/a.css": "site{}",
        "templates/404.html": '{{ asset("a.css").url }}',
    }
    assets = assets_of(theme_of(tmp_path, files, '[theme]\nname = "evening"\n'), tmp_path)
    assert _file(assets, "style.css")[1] == b"evening{}"
    assert _file(assets, "a.css")[1] == b"site{}"


def test_static_files_of_the_site_are_shipped_unchanged(tmp_path: Path) -> None:
    put(tmp_path, {"static/favicon.ico": "icon", "static/.well-known/security.txt": "Contact: x"})
    own = {f.path: (f.data, f.type) for f in _assets(tmp_path, {}, "").files if not f.path.startswith("assets/")}
    assert own == {
        "favicon.ico": (b"icon", "image/vnd.microsoft.icon"),
        ".well-known/security.txt": (b"Contact: x", "text/plain; charset=utf-8"),
    }


def test_asset_returns_url_and_integrity(tmp_path: Path) -> None:
    put(tmp_path, {"static/a.css": "a{}"})
    said = drawn(tmp_path, '{{ asset("a.css").url }} {{ asset("a.css").integrity }}')
    assert re.fullmatch(r"/news/assets/a\.[0-9a-f]{8}\.css sha384-[A-Za-z0-9+/=]{64}", said)
    assert samples.site().base_path == "/news/"


def test_without_files_keeps_the_links(tmp_path: Path) -> None:
    assets = _assets(tmp_path, {"static/a.css": "a{}"}, '{{ asset("a.css").url }}')
    assert assets.without_files.links == assets.links
    assert not assets.without_files.files


def test_the_context_digest_changes_with_assets_strings_parameters_and_counts(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"static/a.css": "a{}", "templates/404.html": '{{ asset("a.css").url }}'})
    assets = load_assets(theme, tmp_path)
    before = theme_context_digest(theme, assets)
    changed = [
        msgspec.structs.replace(theme, strings={**theme.strings, "x": "y"}),
        msgspec.structs.replace(theme, parameters={**theme.parameters, "x": 1}),
        msgspec.structs.replace(theme, front_counts=msgspec.structs.replace(theme.front_counts, second=2)),
    ]
    put(tmp_path, {"static/a.css": "b{}"})
    digests = {theme_context_digest(t, assets) for t in changed} | {
        theme_context_digest(theme, load_assets(theme, tmp_path))
    }
    assert len(digests) == 4
    assert before not in digests
    assert theme_context_digest(msgspec.structs.replace(theme, templates={}), assets) == before


@pytest.mark.parametrize("theme", ["broadsheet"])
def test_minified_stylesheets_keep_all_rules(tmp_path: Path, theme: str) -> None:
    source = (Path(__file__).parents[2] / "themes" / theme / "static" / "style.css").read_text("utf-8")
    assets = _assets(tmp_path, {}, '{{ asset("style.css").url }}')
    small = _file(assets, "style.css")[1].decode()
    assert len(small) < 0.95 * len(source)
    assert "/*" not in small
    assert _bare(small) == _bare(source)


def _bare(sheet: str) -> str:
    """A stylesheet without comments and white space."""
    return re.sub(r"[\s;]+", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def test_minification_keeps_significant_white_space(tmp_path: Path) -> None:
    kept = ["calc(1px + 2px)", ".a :hover", "not (x:y)", "rgb(1 2 3 / 50%)", '"a  /* b */"', "/*! thanks */"]
    sheet = 'p{w:calc(1px + 2px);c:rgb(1 2 3 / 50%);}.a :hover{b:c}@supports not (x:y){a{content:"a  /* b */"}}'
    assets = _assets(tmp_path, {"static/a.css": f"/*! thanks */ {sheet} /* gone */"}, '{{ asset("a.css").url }}')
    small = _file(assets, "a.css")[1].decode()
    assert [text for text in kept if text not in small] == []
    assert "gone" not in small
