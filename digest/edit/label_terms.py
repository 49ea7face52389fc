"""Add a label term (`[[terms]]`) to digest.toml and keep every other byte.

The table is inserted as text: tomlkit takes 45 ms to import, separates comments from the table below them, and mixes
line ends (docs/decisions/0013-toml-edits-and-locks.md).
"""

import json
import re
from pathlib import Path

from digest.config import CONFIG_FILE, parse
from digest.edit.change import Edit, digest_of, load_text
from digest.issues import Issue, issue
from digest.model import Term

_TERMS = re.compile(r"^\s*\[\[\s*terms\s*\]\]", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def term_edit(site: Path, term: Term) -> Edit | Issue:
    """Return an edit that adds the term to digest.toml, or an issue."""
    try:
        text = load_text(site / CONFIG_FILE)
    except (OSError, UnicodeDecodeError):
        text = None
    if text is None:
        return issue("config-syntax", CONFIG_FILE, "the file cannot be read", "make sure that it exists and is UTF-8")
    added = add_term(text, term)
    config, wrong = parse(added.removeprefix("\ufeff"))
    for label, known in ((term.region, config.regions), (term.category, config.categories)):
        if label and label not in known:
            return issue(
                "config-value", CONFIG_FILE, f"the site has no label `{label}`", f"known here: {', '.join(known)}"
            )
    if wrong or term not in config.terms:
        hint = "mend digest.toml first, and write terms as [[terms]] tables"
        return wrong[0] if wrong else issue("config-value", CONFIG_FILE, "the term does not fit into the file", hint)
    return Edit(page=CONFIG_FILE, folder="", text=added, base_digest=digest_of(text))


def add_term(text: str, term: Term) -> str:
    """Return the file with one more table: after the last term, else at the end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join(_lines(term)) + newline
    terms = list(_TERMS.finditer(text))
    after = _HEADER.search(text, terms[-1].end()) if terms else None
    if after is None:
        before = text if not text or text.endswith("\n") else text + newline
        return before + (newline if before.strip() else "") + block
    # Comments directly above the next table belong to that table.
    head = text[: after.start()]
    kept = re.sub(r"(?:[ \t]*#[^\n]*\n)*\Z", "", head)
    return kept.rstrip() + newline * 2 + block + newline + head[len(kept) :] + text[after.start() :]


def _lines(term: Term) -> list[str]:
    lines = ["[[terms]]", f"match = {_quoted(term.match)}"]
    lines += [f"{name} = {_quoted(slug)}" for name in ("region", "category") if (slug := getattr(term, name))]
    return lines + ([f"weight = {term.weight}"] if term.weight != 1.0 else [])


def _quoted(text: str) -> str:
    """Return a TOML basic string: the escapes of JSON, and U+007F, which JSON does not escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
