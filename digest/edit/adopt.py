"""Adopt hand-made pages: write the fields into them that the build would infer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from digest.config import Config
from digest.content.infer import Identify, LoadLabeller, inferred_fields, item_of
from digest.content.page import parse_page
from digest.content.serialize import Value
from digest.edit.change import apply_edits, edit_of, read_page_text
from digest.issues import Issue, fails


def adopt(
    site: Path,
    config: Config,
    pages: Sequence[str],
    load_labeller: LoadLabeller,
    identify: Identify,
    now: datetime | None = None,
) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Write id, slug, date, regions, categories and story into pages that lack them.

    Returns the changed pages and the issues. An error in one page prevents all changes.
    """
    issues: list[Issue] = []
    edits = []
    for page in pages:
        text = read_page_text(site, page)
        if isinstance(text, Issue):
            issues.append(text)
            continue
        parsed, page_issues = parse_page(page, text.encode(), config)
        item, item_issues = item_of(parsed, config, load_labeller, identify) if parsed else (None, ())
        issues += (*page_issues, *item_issues)
        if parsed and item and (fields := inferred_fields(parsed, item)):
            edits.append((page, edit_of(site, page, _values(fields))))
    if fails(issues):
        return (), tuple(issues)
    issues += apply_edits(site, [edit for _, edit in edits], "adopt", now)
    return tuple(page for page, _ in edits), tuple(issues)


def _values(fields: Mapping[str, str | tuple[str, ...]]) -> dict[str, Value]:
    """Convert the date from text, so that it is written without quotes."""
    values: dict[str, Value] = dict(fields)
    if isinstance(written := fields.get("date"), str):
        values["date"] = date.fromisoformat(written)
    return values
