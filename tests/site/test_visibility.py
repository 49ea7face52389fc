"""Visibility of entries over time, for the public and for editors."""

from datetime import datetime, timedelta

import msgspec
import pytest

from digest.model import Ai, Item, Kind, Status
from digest.site.context import Audience
from digest.site.visibility import Presence, Visibility, visibility_of
from tests.site.values import DAY, NOW, context_of, entry, item

HOUR = timedelta(hours=1)


def visibility(*items: Item, audience: Audience = Audience.PUBLIC, config: str = "") -> Visibility:
    return visibility_of(entry(*items), NOW, context_of(config, audience))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HOLD])
def test_drafts_and_holds_are_for_editors(status: Status) -> None:
    assert visibility(item(status=status)).presence is Presence.ABSENT
    seen = visibility(item(status=status), audience=Audience.PREVIEW)
    assert (seen.presence, seen.badge) == (Presence.VISIBLE, status)


def test_a_published_item_is_visible_without_a_badge() -> None:
    seen = visibility(item(), audience=Audience.PREVIEW)
    assert (seen.presence, seen.badge) == (Presence.VISIBLE, "")
    assert visibility(item()).presence is Presence.VISIBLE


@pytest.mark.parametrize(("field", "badge"), [("embargo", "embargo"), ("publish_at", "scheduled")])
def test_an_embargoed_item_is_visible_from_its_time(field: str, badge: str) -> None:
    def waiting(until: datetime) -> Item:
        return msgspec.structs.replace(item(), **{field: until})

    early = visibility(waiting(NOW + HOUR))
    assert early.presence is Presence.ABSENT
    assert early.next_change == NOW + HOUR
    assert visibility(waiting(NOW)).presence is Presence.VISIBLE
    assert visibility(waiting(NOW + HOUR), audience=Audience.PREVIEW).badge == badge


def test_an_expired_item_is_gone_from_its_time() -> None:
    before = visibility(item(expires=NOW + HOUR))
    assert (before.presence, before.next_change) == (Presence.VISIBLE, NOW + HOUR)
    assert visibility(item(expires=NOW)).presence is Presence.GONE


def test_a_sources_rights_end_after_its_days() -> None:
    config = "[sources.NW]\ndays = 2\n"
    assert visibility(item(sources=("NW",)), config=config).presence is Presence.VISIBLE
    assert visibility(item(day=DAY - timedelta(days=2), sources=("NW",)), config=config).presence is Presence.GONE


def test_killed_counts_for_the_whole_entry() -> None:
    later = item("y", status=Status.KILLED, version_of="nx")
    assert visibility(item(), later).presence is Presence.GONE
    assert visibility(item(status=Status.KILLED), item("y")).presence is Presence.GONE
    assert visibility(item(), later, audience=Audience.PREVIEW).presence is Presence.GONE


def test_unpublished_versions_are_left_out() -> None:
    seen = visibility(item(), item("y", embargo=NOW + HOUR))
    assert [v.id for v in seen.entry.versions] == ["nx"]
    assert seen.next_change == NOW + HOUR


def test_an_item_is_recent_for_two_days() -> None:
    assert visibility(item()).is_recent
    assert visibility(item(at=NOW - timedelta(hours=47))).is_recent
    assert not visibility(item(at=NOW - timedelta(hours=48))).is_recent
    assert visibility(item(at=NOW - timedelta(hours=47))).next_change == NOW + HOUR


def test_a_generated_text_needs_a_reviewer() -> None:
    assert visibility(item(ai=Ai.GENERATED)).presence is Presence.ABSENT
    assert visibility(item(ai=Ai.GENERATED), audience=Audience.PREVIEW).badge == "unread"
    assert visibility(item(ai=Ai.GENERATED, reviewed_by="A. Reader")).presence is Presence.VISIBLE
    assert visibility(item(ai=Ai.ASSISTED)).presence is Presence.VISIBLE


def test_an_expired_item_may_keep_its_headline() -> None:
    text = item(expires=NOW, kind=Kind.ARTICLE, body="d", standfirst="Secret words", summary="Secret words", words=9)
    left = visibility(text, config='expired = "headline"\n')
    assert left.presence is Presence.VISIBLE
    assert left.entry.latest.title == "Headline x"
    assert "Secret" not in repr(left.entry)
    assert left.entry.latest.kind is Kind.BRIEF


def test_without_a_future_change_next_change_is_none() -> None:
    assert visibility(item(day=DAY - timedelta(days=30))).next_change is None
