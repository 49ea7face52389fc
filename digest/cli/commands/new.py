"""`digest new DIR`: a site that builds at once."""

import json
from importlib import resources
from pathlib import Path

import click

from digest import config
from digest.cli.options import takes_site
from digest.cli.process.abort import Stop, misuse
from digest.cli.process.clock import now_of
from digest.cli.sites import OUTPUT
from digest.cli.terminal.reporter import Reporter
from digest.content.serialize import yaml_scalar_of
from digest.issues import Place, issue

_FOLDERS = ("content", OUTPUT)


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@takes_site
@click.pass_obj
def command(out: Reporter, folder: Path | None, site: Path | None) -> int:
    """Make a site in DIR that builds at once, with comments in its digest.toml."""
    target = folder or site
    if target is None:
        raise misuse("a new site needs a folder", "write `digest new DIR`")
    _refuse_other_than_empty(target)
    for name, text in _files(target).items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    for name in _FOLDERS:
        (target / name).mkdir(exist_ok=True)
    where = target.as_posix()
    summary = f"A site in {where}/. To see it: cd {where}, then digest serve."
    return out.end(summary=summary, data={"folder": where, "files": sorted(_files(target))})


def _refuse_other_than_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Stop(issue("folder-not-empty", Place(folder.as_posix()), "it is a file", "name a folder that is new"))
    if folder.is_dir() and any(folder.iterdir()):
        hint = "name a folder that is new or empty"
        raise Stop(issue("folder-not-empty", Place(folder.as_posix()), "the folder is not empty", hint))


def _files(folder: Path) -> dict[str, str]:
    title = _title_of(folder.resolve().name)
    day = now_of(None, config.parse("")[0].zone).date()
    return {
        config.CONFIG_FILE: _text("digest.toml").format(title=json.dumps(title, ensure_ascii=False)),
        ".gitignore": _text("gitignore"),
        "content/welcome.md": _text("welcome.md").format(headline=yaml_scalar_of(f"Welcome to {title}"), day=day),
    }


def _text(name: str) -> str:
    return resources.files("digest.cli").joinpath("skeleton", name).read_text("utf-8")


def _title_of(name: str) -> str:
    """`lake-news` → `Lake news`."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] if words.isprintable() and words else "The Digest"
