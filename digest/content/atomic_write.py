"""Atomic write: replace a file as a whole, so that a reader sees the old content or the new, never a part."""

from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path`, then rename it over `path`.

    Makes missing folders, and keeps the permissions of an existing file. A symbolic link stays, and the file that it
    leads to is replaced. The temporary name `.NAME.new` is no page (see `store.scan.is_page_name`). Raises OSError.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o7777)
    temporary.replace(path)
