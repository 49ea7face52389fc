"""Paths that the desk may write: pages below `content/`, and digest.toml, after resolving symbolic links."""

from pathlib import Path

from digest.config import CONFIG_FILE
from digest.content.store.scan import CONTENT_FOLDER, DUMPS_FOLDER, is_page
from digest.edit.change import Edit
from digest.issues import Issue, issue


def check_allowed(site: Path, edit: Edit | Issue) -> Edit | Issue:
    """Return the edit unchanged, or the issue `page-outside` when its file is not allowed."""
    if isinstance(edit, Issue) or is_allowed(site, edit):
        return edit
    hint = "change it in an editor, or move it into content/"
    return issue("page-outside", edit.file, "the desk writes only pages in content/ and digest.toml", hint)


def is_allowed(site: Path, edit: Edit) -> bool:
    """Return whether the edit's file, with symbolic links resolved, is a page of the site or its digest.toml."""
    try:
        file, content, home = (p.resolve() for p in (site / edit.file, site / CONTENT_FOLDER, site))
    except (OSError, ValueError, RuntimeError):  # a loop of links, or an invalid file name
        return False
    if not edit.folder:
        return edit.page == CONFIG_FILE and file == home / CONFIG_FILE
    if edit.folder != CONTENT_FOLDER or not file.is_relative_to(content) or file.is_relative_to(content / DUMPS_FOLDER):
        return False
    return is_page(file.relative_to(content).as_posix())
