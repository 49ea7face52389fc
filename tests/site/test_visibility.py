"""Who sees what, when; and when that changes."""

from datetime import datetime, timedelta

import msgspec
import pytest

from digest.model import Ai, Item, Kind, Status
from digest.site.context import Audience
from digest.site.visibility import Presence, Visibility, visibility_of
from tests.site.values import DAY, NOW, context_of, entry, item

HOUR = timedelta(hours=1)


def standing(*items: Item, audience: Audience = Audience.PUBLIC, config: str = "") -> Visibility:
    return visibility_of(entry(*items), NOW, context_of(config, audience))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HOLD])
def test_drafts_and_holds_are_for_editors(status: Status) -> None:
    assert standing(item(status=status)).presence is Presence.ABSENT
    seen = standing(item(status=status), audience=Audience.PREVIEW)
    assert (seen.presence, seen.badge) == (Presence.VISIBLE, status)


def test_a_published_item_is_seen_and_has_no_badge() -> None:
    seen = standing(item(), audience=Audience.PREVIEW)
    assert (seen.presence, seen.badge) == (Presence.VISIBLE, "")
    assert standing(item()).presence is Presence.VISIBLE


@pytest.mark.parametrize(("field", "badge"), [("embargo", "embargo"), ("publish_at", "scheduled")])
def test_what_waits_is_seen_from_its_moment_on(field: str, badge: str) -> None:
    def waiting(until: datetime) -> Item:
        return msgspec.structs.replace(item(), **{field: until})

    early = standing(waiting(NOW + HOUR))
    assert early.presence is Presence.ABSENT
    assert early.next_change == NOW + HOUR
    assert standing(waiting(NOW)).presence is Presence.VISIBLE
    assert standing(waiting(NOW + HOUR), audience=Audience.PREVIEW).badge == badge


def test_what_expires_is_gone_from_its_moment_on() -> None:
    before = standing(item(expires=NOW + HOUR))
    assert (before.presence, before.next_change) == (Presence.VISIBLE, NOW + HOUR)
    assert standing(item(expires=NOW)).presence is Presence.GONE


def test_a_sources_rights_end_after_its_days() -> None:
    config = "[sources.NW]\ndays = 2\n"
    assert standing(item(sources=("NW",)), config=config).presence is Presence.VISIBLE
    assert standing(item(day=DAY - timedelta(days=2), sources=("NW",)), config=config).presence is Presence.GONE


def test_killed_counts_for_the_whole_entry() -> None:
    later = item("y", status=Status.KILLED, version_of="nx")
    assert standing(item(), later).presence is Presence.GONE
    assert standing(item(status=Status.KILLED), item("y")).presence is Presence.GONE
    assert standing(item(), later, audience=Audience.PREVIEW).presence is Presence.GONE


def test_a_version_that_is_not_out_does_not_count_yet() -> None:
    seen = standing(item(), item("y", embargo=NOW + HOUR))
    assert [v.id for v in seen.entry.versions] == ["nx"]
    assert seen.next_change == NOW + HOUR


def test_an_item_is_recent_for_two_days() -> None:
    assert standing(item()).is_recent
    assert standing(item(at=NOW - timedelta(hours=47))).is_recent
    assert not standing(item(at=NOW - timedelta(hours=48))).is_recent
    assert standing(item(at=NOW - timedelta(hours=47))).next_change == NOW + HOUR


def test_a_generated_text_waits_for_a_reader() -> None:
    assert standing(item(ai=Ai.GENERATED)).presence is Presence.ABSENT
    assert standing(item(ai=Ai.GENERATED), audience=Audience.PREVIEW).badge == "unread"
    assert standing(item(ai=Ai.GENERATED, reviewed_by="A. Reader")).presence is Presence.VISIBLE
    assert standing(item(ai=Ai.ASSISTED)).presence is Presence.VISIBLE


def test_an_expired_item_may_leave_its_headline() -> None:
    text = item(expires=NOW, kind=Kind.ARTICLE, body="d", standfirst="Secret words", summary="Secret words", words=9)
    left = standing(text, config='expired = "headline"\n')
    assert left.presence is Presence.VISIBLE
    assert left.entry.latest.title == "Headline x"
    assert "Secret" not in repr(left.entry)
    assert left.entry.latest.kind is Kind.BRIEF


def test_nothing_to_come_has_no_instant() -> None:
    assert standing(item(day=DAY - timedelta(days=30))).next_change is None
