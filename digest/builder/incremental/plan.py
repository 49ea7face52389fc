"""Plan of a build: which pages may be stale, and which of them must be rendered.

A page may be stale when it reads an affected group, when its template or the frame changed, when its file was changed
by someone else, or when it exists because of settings that changed. It is rendered when its key differs from that of
the last build.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from digest.builder.context import BuildContext
from digest.builder.incremental.page_keys import key_material, page_key
from digest.builder.state.cards import AffectedGroups, Cards
from digest.builder.state.database import State
from digest.builder.state.schema import PageRow
from digest.issues import Issue, Place, issue
from digest.site.cards import AnyCard
from digest.site.groups import Group, Page, prefix_of
from digest.site.kinds import KINDS
from digest.site.kinds.kind import PageKind
from digest.site.urls import file_of
from digest.site.views import View
from digest.theme import media_type

_encode = msgspec.json.Encoder().encode
_DATE_PART = re.compile(r"/[0-9]{4}/[0-9]{2}/(?:[0-9]{2}/)?")


class RenderJob(NamedTuple):
    """A page to render. `view_size` is the size of the encoded view in bytes.

    `view` is the encoded view when the job goes to another process, else empty.
    """

    page: Page
    file: str
    template: str
    page_key: bytes
    type: str
    view_size: int = 0
    view: bytes = b""


class Plan:
    """Examines pages one by one, and collects counts, URL conflicts and pages to remove."""

    def __init__(self, state: State, setting: BuildContext, touched: AffectedGroups, cards: Cards) -> None:
        self.state, self.setting, self.affected, self.cards = state, setting, touched, cards
        self._is_first = not state.has_pages()
        self.is_new = self._is_first and cards.is_new
        """True for a new site: every page is rendered, from the cards alone."""
        self.planned = self.unchanged = 0
        self.removed: list[PageRow] = []
        self.issues: list[Issue] = []
        self._claims: dict[str, Page] = {}
        self._claimed_files: set[str] = set()
        self._possible_conflicts: list[tuple[Page, PageRow]] = []

    def stale_pages(
        self, damaged: Iterable[PageRow], *, everything: bool, last_template_digests: Mapping[str, str]
    ) -> dict[Page, str]:
        """Return the pages that may be stale, each with the reason."""
        found: dict[Page, str] = {}
        if everything:
            for kind in KINDS.values():
                found |= dict.fromkeys(kind.fixed(self.setting.site_context), "the configuration changed")
            found |= {_page(row): "the configuration changed" for row in self.state.pages() if row.kind in KINDS}
        else:
            altered = [
                k.name
                for k in KINDS.values()
                if last_template_digests.get(k.template) != self.setting.template_digests[k.template].hex()
            ]
            found |= {_page(row): "its template or the frame changed" for row in self.state.pages(altered or ("",))}
        found |= {_page(row): "its file was changed or deleted" for row in damaged if row.kind in KINDS}
        listeners = self._listeners()
        for group in sorted(self.affected.keys):
            for most, kinds in listeners.get(prefix_of(group), {}).items():
                if self.cards.shows_change_in(group, most):
                    reason = f"the group {group} changed"
                    for kind in kinds:
                        found |= dict.fromkeys(
                            kind.readers(group, self._read_now_and_before, self.setting.site_context), reason
                        )
        # Pages of one day or month are neighbours: they show the same cards, which are then read and drawn once.
        order = {name: n for n, name in enumerate(KINDS)}
        return {page: found[page] for page in sorted(found, key=lambda p: (order[p.kind], _date_part(p.url), p))}

    def _listeners(self) -> dict[str, dict[int, list[PageKind]]]:
        """Return the page kinds that read a group, by the first word of its name and the number of newest cards they
        read.
        """
        listeners: dict[str, dict[int, list[PageKind]]] = {}
        for kind in KINDS.values():
            for head in kind.reads:
                listeners.setdefault(head, {}).setdefault(
                    kind.newest_limit(head, self.setting.site_context), []
                ).append(kind)
        return listeners

    def job_for(self, page: Page) -> tuple[RenderJob, View] | None:
        """Return the render job and the view of a page; None when the page does not exist (any more)."""
        kind = KINDS[page.kind]
        view = kind.view(page, self.cards.read, self.setting.site_context)
        if view is None:
            return None
        file, material = file_of(page.url), key_material(view)
        key = page_key(self.setting.template_digests[kind.template], material)
        return RenderJob(page, file, kind.template, key, media_type(file), len(material)), view

    def jobs(self, pages: Iterable[Page], damaged: set[str]) -> Iterator[RenderJob]:
        """Yield the pages that must be rendered."""
        for page in pages:
            self.planned += 1
            found = self.job_for(page)
            file = file_of(page.url)
            rows = [] if self._is_first else self.state.pages_with_folded_name(file.casefold())
            mine = next((r for r in rows if (r.kind, r.key, r.url) == page), None)
            if found is None:
                self.removed += [mine] if mine else []
                continue
            self._possible_conflicts += [(page, row) for row in rows if row is not mine]
            job, view = found
            if not self.claim(page, file):
                continue
            if mine and mine.page_key == job.page_key and page.url not in damaged:
                self.unchanged += 1
                continue
            yield job._replace(view=_encode(view))

    def check_claims(self) -> None:
        """Report pages of earlier builds that occupy the file of a page of this build and stay."""
        settled = {_page(row) for row in self.removed} | set(self._claims.values())
        for page, row in self._possible_conflicts:
            if _page(row) not in settled:
                self.issues.append(self._conflict(page, _page(row)))

    def claim(self, page: Page, file: str) -> bool:
        """Claim a file for a page. Return False, with an issue, when another page has it."""
        other = self._claims.setdefault(file.casefold(), page)
        if other == page:
            return True
        self.issues.append(self._conflict(page, other))
        return False

    def claim_new(self, rows: Sequence[PageRow]) -> None:
        """Claim files for pages of a new site that are rendered, before they enter the state."""
        for row in rows:
            if row.folded_file in self._claimed_files:
                others = (*rows, *self.state.pages_with_folded_name(row.folded_file))
                other = next(o for o in others if o.folded_file == row.folded_file and _page(o) != _page(row))
                self.issues.append(self._conflict(_page(row), _page(other)))
            self._claimed_files.add(row.folded_file)

    def _conflict(self, page: Page, other: Page) -> Issue:
        first, second = sorted((self._source(page), self._source(other)))
        hint = "give one of them another slug, title or date"
        return issue("url-conflict", Place(first), f"{page.url} is also what {second} makes", hint)

    def _source(self, page: Page) -> str:
        """Return what an editor must change to move a page."""
        if page.kind in ("item", "gone"):
            rows = self.state.entries()
            return f"content/{rows[page.key].path}" if page.key in rows else page.kind
        if page.kind == "alias":
            rows = self.state.entries()
            root = page.key.rpartition("/")[2]
            return f"content/{rows[root].path}" if root in rows else page.kind
        return f"{page.kind} {page.key or page.url}"

    def _read_now_and_before(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """Return the cards of a group now and before."""
        return (*self.cards.read(group, limit), *self.affected.cards_before(group))


def _date_part(url: str) -> str:
    found = _DATE_PART.search(url)
    return found[0] if found else ""


def _page(row: PageRow) -> Page:
    return Page(row.kind, row.key, row.url)
