"""Sites with broken themes: each gives exactly the listed issues, all in one run."""

import shutil
from pathlib import Path

import pytest

from digest.config import parse
from digest.issues import Issue, sort_issues
from digest.theme import Renderer, TemplateError, Theme, check_templates, load_assets, load_theme
from digest.theme.locate import shipped_folder
from tests.theme import samples
from tests.theme.cases import Case, cases, write

BROKEN = cases(Path(__file__).with_name("broken.txt"))


def _issues(folder: Path, *, draw: bool) -> tuple[Issue, ...]:
    config, wrong = parse((folder / "digest.toml").read_text("utf-8"))
    assert not wrong
    theme, issues = load_theme(config, folder)
    if theme is None:
        return issues
    assets = load_assets(theme, folder)
    issues += assets.issues
    if draw:
        return sort_issues((*issues, *_drawn(theme, folder)))
    return sort_issues((*issues, *check_templates(theme)))


def _drawn(theme: Theme, folder: Path) -> list[Issue]:
    """Issues of rendering every page kind."""
    renderer = Renderer(theme, load_assets(theme, folder), samples.site(), samples.body_html)
    issues = []
    for name, view in samples.sample_views().items():
        try:
            renderer.render(name, view)
        except TemplateError as error:
            issues.append(error.issue)
    return issues


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BROKEN.items()])
def test_broken_theme(case: Case, tmp_path: Path) -> None:
    write(case, tmp_path)
    said = "".join(f"{i}\n" for i in _issues(tmp_path, draw="draw" in case))
    assert said.strip() == case["expect"].strip()


def test_template_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "item.html").write_bytes(b"caf\xe9")
    theme, issues = load_theme(parse("")[0], tmp_path)
    assert theme is not None
    assert theme.templates["item.html"].name == "broadsheet/item.html"
    (said,) = issues
    assert str(said) == (
        "templates/item.html: error[template-syntax]: the template is not UTF-8\n  hint: save it as UTF-8"
    )


def test_a_missing_template_of_a_page_kind(tmp_path: Path) -> None:
    core = shutil.copytree(shipped_folder() / "core", tmp_path / "themes" / "core")
    (core / "templates" / "rss.xml").unlink()
    theme, issues = load_theme(parse("")[0], tmp_path)
    assert not issues
    assert theme is not None
    missing, declared = (str(i) for i in check_templates(theme))
    assert missing == (
        f"{theme.declaration_files['broadsheet']}: error[template-missing]: the theme has no `rss.xml`\n"
        "  hint: the page kind `feed` needs it; put it into `templates`"
    )
    assert declared == (
        "themes/core/theme.toml: error[template-missing]: "
        "`kinds` needs the template `rss.xml`, which the theme does not have\n"
        "  hint: take the kind out of `kinds` in theme.toml, or add the template"
    )


def test_templates_in_the_trusted_folder_are_not_checked(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "story.html").write_text("{% if %}")
    (tmp_path / "digest.toml").write_text("")
    config, _ = parse("")
    theme, _ = load_theme(config, tmp_path)
    assert theme is not None
    (wrong,) = check_templates(theme, trusted_folder=shipped_folder())
    assert wrong.place.file == "templates/story.html"
    assert theme.templates["item.html"].file.startswith(str(shipped_folder()))
