"""What the desk may write: pages below `content/` and digest.toml, wherever links lead, and nothing else."""

from pathlib import Path

from digest.config import NAME
from digest.content.store.scan import CONTENT_FOLDER, DUMPS_FOLDER, is_page
from digest.edit.change import Edit
from digest.issues import Issue, issue


def check_allowed(site: Path, edit: Edit | Issue) -> Edit | Issue:
    """The edit as it is; `page-outside` for one that would write anything else."""
    if isinstance(edit, Issue) or is_allowed(site, edit):
        return edit
    hint = "change it in an editor, or move it into content/"
    return issue("page-outside", edit.file, "the desk writes pages in content/ and digest.toml alone", hint)


def is_allowed(site: Path, edit: Edit) -> bool:
    """Whether the file that would be written, all links resolved, is a page of the site or its digest.toml."""
    try:
        file, content, home = (p.resolve() for p in (site / edit.file, site / CONTENT_FOLDER, site))
    except (OSError, ValueError, RuntimeError):  # a ring of links, a name that no file system takes
        return False
    if not edit.folder:
        return edit.page == NAME and file == home / NAME
    if edit.folder != CONTENT_FOLDER or not file.is_relative_to(content) or file.is_relative_to(content / DUMPS_FOLDER):
        return False
    return is_page(file.relative_to(content).as_posix())
