"""Emission of cards into groups; and every page reads only the groups that its kind declares."""

from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import Correction, Kind, Status
from digest.site.cards import AnyCard
from digest.site.context import Context
from digest.site.groups import Group, Page, prefix_of
from digest.site.kinds import KINDS
from digest.site.site_entry import SiteEntry
from tests.newsroom import Newsroom
from tests.site.values import DAY, NOW, context_of, entry, item, shown

AUTHOR = '[authors.a-writer]\nname = "A. Writer"\n'


def groups(found: SiteEntry, context: Context) -> set[Group]:
    return {emitted.group for kind in KINDS.values() for emitted in kind.emit(found, context)}


def test_groups_of_an_article() -> None:
    context = context_of(AUTHOR)
    found = item(kind=Kind.ARTICLE, regions=("africa", "europe"), categories=("sport", "health"), byline="A. Writer")
    assert groups(shown(found, context, in_story=True), context) == {
        "entry/nx", "story/story-x", "edition/2026-03-12", "near/2026-03-12/africa", "front", "news", "sitemap/2026-03",
        "list/region/africa", "list/category/sport", "list/category/health", "list/author/a-writer",
        "list/cross/africa/sport", "list/cross/africa/health", "also/region/europe",
        "month/2026-03/region/africa", "month/2026-03/category/sport", "month/2026-03/category/health",
        "month/2026-03/cross/africa/sport", "month/2026-03/cross/africa/health", "month/2026-03/author/a-writer",
        "feed/all", "feed/region/africa", "feed/category/sport", "feed/category/health",
    }  # fmt: skip


def test_a_brief_without_a_page_is_in_no_sitemap() -> None:
    found = groups(shown(item(), context_of()), context_of())
    assert not {prefix_of(g) for g in found} & {"entry", "near", "news", "sitemap", "story"}
    assert {"front", "edition/2026-03-12", "list/region/africa", "feed/all"} <= found


def test_an_invisible_entry_emits_nothing() -> None:
    context = context_of()
    assert groups(shown(item(status=Status.DRAFT, kind=Kind.ARTICLE), context), context) == set()
    assert groups(shown(item(embargo=NOW + timedelta(hours=1), aliases=("/old/",)), context), context) == set()


def test_a_killed_entry_emits_only_a_notice() -> None:
    context = context_of()
    found = shown(item(status=Status.KILLED, kind=Kind.ARTICLE, title="Secret words", aliases=("/old/",)), context)
    emitted_cards = [emitted for kind in KINDS.values() for emitted in kind.emit(found, context)]
    assert [emitted.group for emitted in emitted_cards] == ["gone/nx"]
    assert "Secret words" not in repr(emitted_cards[0].card)


def test_host_rules_are_emitted_only_if_configured() -> None:
    found = item(kind=Kind.ARTICLE, aliases=("/old/",))
    asked = context_of('rules = ["_redirects"]\n')
    assert "rules" in groups(shown(found, asked), asked)
    assert "rules" not in groups(shown(found, context_of()), context_of())


def test_a_version_of_another_day_is_in_the_edition_of_that_day() -> None:
    context = context_of()
    found = shown(entry(item(day=DAY - timedelta(days=1)), item("y")), context)
    assert {"edition/2026-03-11", "updated/2026-03-12"} <= groups(found, context)
    assert "edition/2026-03-12" not in groups(found, context)


def test_sources_with_noindex_are_not_in_sitemaps() -> None:
    context = context_of("[sources.NW]\nindex = false\n")
    found = groups(shown(item(kind=Kind.ARTICLE, sources=("NW",)), context), context)
    assert not {prefix_of(g) for g in found} & {"news", "sitemap"}


def test_corrections_are_ordered_by_their_own_day() -> None:
    context = context_of()
    found = shown(item(day=DAY - timedelta(days=40), corrections=(Correction(day=DAY, text="Wrong."),)), context)
    [emitted] = [p for p in KINDS["corrections"].emit(found, context) if p.group == "corrections"]
    assert emitted.order.startswith("2026-03-12")


def test_a_page_reads_only_the_groups_of_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The incremental build relies on this: a view reads no group whose change would not make it stale."""
    room = Newsroom(tmp_path)
    room.item("x", body="Body.", story="flood", regions=["africa", "europe"])
    room.item("y", day="2026-02-10", body="Body.", story="flood", corrections="[{date: 2026-03-01, text: No}]")
    prefixes: dict[str, set[str]] = {name: set() for name in KINDS}
    for kind in KINDS.values():
        whole = kind.view

        def spied(page: Page, read: object, context: Context, whole: object = whole) -> object:
            def noted(group: Group, limit: int) -> tuple[AnyCard, ...]:
                prefixes[page.kind].add(prefix_of(group))
                return read(group, limit)  # type: ignore[operator, no-any-return] # a reader, wrapped

            return whole(page, noted, context)  # type: ignore[operator] # a view, wrapped

        monkeypatch.setattr(kind, "view", spied, raising=False)
    room.build()
    for name, kind in KINDS.items():
        assert prefixes[name] <= set(kind.reads), name
    assert prefixes["item"] == {"entry", "story", "near"}
