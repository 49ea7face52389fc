"""Problems as values: what is wrong, where, how bad, and what to do about it.

Stages return issues, they never print or raise them. Every code stands once in `CODES`, with its usual severity and
a line for the reference in `docs/reference/issues.md`; a site can set another severity for a code in `[issues]`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """Severity: an `error` fails the run (exit 1), a `warning` fails it with `--strict`, a `note` never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, order=True):
    """A position in a file: `file` relative to the site, `line` and `column` from 1; 0 where it is not known."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts if self.file else ["digest"])


class Code(msgspec.Struct, frozen=True):
    """An issue code: its usual severity and one line of explanation."""

    severity: Severity
    meaning: str


class Issue(msgspec.Struct, frozen=True):
    """One problem. `message` says what is wrong with the offending text in it, `hint` what mends it."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.place}: {self.severity}[{self.code}]: {self.message}"
        return f"{line}\n  hint: {self.hint}" if self.hint else line


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: Mapping[str, Code] = {
    # the dump
    "dump-missing": Code(_E, "the dump named on the command line does not exist"),
    "dump-unreadable": Code(_E, "the dump cannot be read"),
    "dump-binary": Code(_E, "the dump is not text"),
    "dump-empty": Code(_W, "the dump holds no item"),
    "dump-encoding": Code(_W, "the dump is in no declared encoding; a guess was made"),
    "dump-headline-missing": Code(_W, "a `-` marker without a headline after it"),
    "dump-article-empty": Code(_W, "a headline without a paragraph, kept as a brief"),
    "dump-byline-alone": Code(_W, "a byline that no article stands before"),
    "dump-byline-missing": Code(_N, "an article without a byline at its end"),
    "dump-line-long": Code(_W, "a headline or line too long to be one; it is kept, but not as a headline"),
    "dump-time-guessed": Code(_W, "no time in the name and no `--at`: the file's own time was taken"),
    "dump-source-unknown": Code(_W, "no `--source`, none in the name and no single byline agency"),
    "wire-killed": Code(_W, "the wire withdrew a story, and its page was killed"),
    "wire-kill-missed": Code(_E, "the wire withdrew a story that no page, or more than one, can be"),
    "wire-held": Code(_W, "the wire asked to hold a story, and it is not published"),
    "wire-embargo": Code(_E, "an embargo whose end cannot be read; the item is held"),
    "wire-advisory": Code(_N, "an advisory to editors, kept as a draft"),
    "wire-marker-alone": Code(_W, "a marker without the headline it belongs to"),
    "wire-take-missed": Code(_W, "a later take of an article whose first take is not there"),
    "version-of-killed": Code(_W, "the wire says again what was killed; it stays off the site"),
    "review-missing": Code(_W, "a text that a machine wrote and that nobody has read; it is not published"),
    "import-locked": Code(_E, "another import of this site is running"),
    # the configuration
    "config-missing": Code(_E, "there is no `digest.toml` here or above"),
    "config-syntax": Code(_E, "`digest.toml` is not TOML"),
    "config-unknown-key": Code(_E, "a key that `digest` does not know"),
    "config-type": Code(_E, "a value of the wrong type"),
    "config-value": Code(_E, "a value that is not allowed"),
    # pages
    "page-encoding": Code(_E, "the page is not UTF-8"),
    "page-front-matter": Code(_E, "the page has no front matter, or it never ends"),
    "page-yaml": Code(_E, "the front matter is not YAML"),
    "page-unknown-field": Code(_W, "a field that `digest` does not know; it is kept"),
    "page-duplicate-field": Code(_E, "a field that is written twice"),
    "page-type": Code(_E, "a field of the wrong type"),
    "page-value": Code(_E, "a field whose value is not allowed"),
    "page-date": Code(_E, "a date that is none, or no date at all"),
    "page-title-missing": Code(_E, "a page without a title"),
    "page-label-unknown": Code(_E, "a region or category that the site does not have"),
    "page-unreadable": Code(_E, "the page cannot be read"),
    "page-kind": Code(_W, "a `kind` that contradicts the body; the body decides"),
    "page-control": Code(_W, "a control character in a page; it is left out"),
    "page-zone-missing": Code(_N, "a time without a zone; the site's zone was taken"),
    "image-alt-missing": Code(_W, "a picture without words for those who do not see it"),
    "image-missing": Code(_W, "a picture that is not there; the page is shown without it"),
    "image-broken": Code(_W, "a picture that cannot be shown; the page is shown without it"),
    "image-huge": Code(_W, "a picture too large to be one; the page is shown without it"),
    "image-plain": Code(_N, "pictures are shipped as they are: what makes smaller ones is not installed"),
    "cards-missing": Code(_W, "a site that wants cards for social networks, and what draws them is not installed"),
    "cards-font": Code(_W, "a font for cards that cannot be read; none are drawn"),
    "minify-missing": Code(_W, "a site that wants its pages squeezed, and what squeezes them is not installed"),
    "search-missing": Code(_W, "a site that wants to be searched, and what makes its index is not installed"),
    "search-failed": Code(_W, "the index of the search could not be made; the site has none until it can"),
    "id-duplicate": Code(_E, "two pages with one id"),
    "version-dangling": Code(_E, "`version_of` names an id that no page has"),
    "version-cycle": Code(_E, "versions that point at each other"),
    "source-unknown": Code(_W, "a source without an entry in `[sources]`"),
    "lead-tie": Code(_W, "two entries of one edition with the same `lead`"),
    "correction-empty": Code(_E, "a correction without a text"),
    "correction-missing": Code(_W, "the wire corrected it, and no correction says to readers what was wrong"),
    "embargo-after-expiry": Code(_W, "an embargo that ends after the item expires: it is never shown"),
    "headline-bodies": Code(_W, "two articles with one headline and different bodies; both are kept"),
    "merge-conflict": Code(_W, "the wire and an editor changed the same thing; the editor's stays"),
    # the site and the build
    "url-conflict": Code(_E, "two pages at one URL"),
    "theme-missing": Code(_E, "the theme is not there"),
    "theme-config": Code(_E, "`theme.toml` is wrong"),
    "template-missing": Code(_E, "a template that the theme must have is not there"),
    "template-syntax": Code(_E, "a template with a syntax error"),
    "template-undefined": Code(_E, "a template names something that its view does not have"),
    "template-dynamic": Code(_E, "an include or extends that is not a constant string"),
    "template-state": Code(_E, "a template that changes something that other pages would see"),
    "template-failed": Code(_E, "a template that fails while it draws a page"),
    "template-unescaped": Code(_E, "a template that lets the text of a view come out as markup"),
    "asset-missing": Code(_E, "an asset that no theme has, or a stylesheet that needs itself"),
    "output-unwritable": Code(_E, "the output folder cannot be written"),
    "output-foreign": Code(_N, "a file in the output folder that no build made; it is left alone"),
    "process-died": Code(_E, "a process of the build died; the output is as it was"),
    "output-locked": Code(_E, "another build of this site is running"),
    "page-not-found": Code(_E, "PAGE names no page of the site"),
    "page-changed": Code(_W, "a file that has changed since: the change, or its taking back, would overwrite that"),
    "page-outside": Code(_E, "a page that lies, through a link, outside `content/`; the desk does not write it"),
    "page-ambiguous": Code(_E, "PAGE names more than one page"),
    "link-broken": Code(_E, "an internal link or fragment that leads nowhere"),
    # what `digest check` finds in the built site
    "html-malformed": Code(_E, "HTML that browsers have to mend: an element not closed, an attribute or id twice"),
    "html-language": Code(_E, "a page without its language or direction, or translations that do not name each other"),
    "heading-order": Code(_W, "no first heading, more than one, or a level that is skipped"),
    "heading-empty": Code(_E, "a heading without text"),
    "image-alt": Code(_W, "an image of a template without `alt`, which may be empty"),
    "image-size": Code(_W, "an image without width and height: the page moves when it comes"),
    "contrast-low": Code(_W, "text in a colour that is hard to read on its ground"),
    "data-malformed": Code(_E, "JSON-LD that is no JSON or not of schema.org"),
    "data-term": Code(_W, "JSON-LD with a type, property or value that schema.org does not have"),
    "data-missing": Code(_W, "JSON-LD without a property that search engines ask for"),
    "feed-malformed": Code(_E, "a feed that cannot be read"),
    "feed-id": Code(_E, "a feed's entry without an id, with that of another, or with one that moves"),
    "sitemap-malformed": Code(_E, "a sitemap that cannot be read, or that lacks what it must say"),
    "sitemap-long": Code(_E, "a sitemap with more addresses than search engines take"),
    "sitemap-address": Code(_E, "a sitemap names a page that is not there, that may not be kept, or one twice"),
    "headline-long": Code(_W, "a headline longer than `[check] headline_length`"),
    "headline-duplicate": Code(_W, "two entries with one headline within `[check] duplicate_days`"),
    "byline-missing": Code(_W, "an article without a byline"),
    "page-orphan": Code(_W, "a page that no other page leads to"),
    "baseline-unreadable": Code(_E, "the baseline file is not there, or is none"),
    "verify-differs": Code(_E, "a clean build gives other bytes than the output has"),
    # the command line
    "usage": Code(_E, "the command line asks for something that cannot be"),
    "folder-not-empty": Code(_E, "a new site wants a folder of its own"),
    "file-failed": Code(_E, "the system refused to read or write a file"),
    "internal": Code(_E, "a bug of `digest` itself; a log of it was saved"),
    # shipping
    "target-unknown": Code(_E, "`[targets]` has no such target, or more than one and none was named"),
    "output-missing": Code(_E, "there is no built site to ship or to show"),
    "output-changed": Code(_E, "a file of the output is not what its manifest says"),
    "target-foreign": Code(_E, "a file or link in the target that no release put there is in the way"),
    "target-manifest": Code(_E, "the manifest that a target has cannot be read"),
    "rollback-missing": Code(_E, "there is no release before this one to go back to"),
}


FIRST = frozenset({"wire-killed", "wire-kill-missed"})
"""Codes that stand before all others in every list."""


def issue(code: str, place: Place | str, message: str, hint: str = "") -> Issue:
    """An issue of a known `code` with its usual severity. Raises KeyError for a code that is not in `CODES`."""
    where = place if isinstance(place, Place) else Place(place)
    return Issue(code, CODES[code].severity, where, message, hint)


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return issues without repetitions, errors first, then by place and code."""
    return tuple(sorted(dict.fromkeys(issues), key=lambda i: (i.code not in FIRST, i.place, i.code, i.message)))


def with_severities(issues: Iterable[Issue], chosen: Mapping[str, str]) -> tuple[Issue, ...]:
    """The same issues with the severities that the site chose for their codes; `off` drops one."""
    kept = (i for i in issues if chosen.get(i.code) != "off")
    return tuple(msgspec.structs.replace(i, severity=Severity(chosen.get(i.code, i.severity))) for i in kept)


def fails(issues: Iterable[Issue], *, strict: bool = False) -> bool:
    """Return True when these issues fail a run."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(i.severity in bad for i in issues)
