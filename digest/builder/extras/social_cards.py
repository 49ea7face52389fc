"""Social cards: rendered when their text changes, cached, and removed with their pages."""

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.incremental.plan import RenderJob
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.builder.state.schema import PageRow
from digest.site.cards import SocialCard
from digest.site.context import Context
from digest.site.groups import SOCIAL, Page, ReadGroup
from digest.site.metadata.social import CARDS_FOLDER, SITE_CARD_KEY, site_card

KIND = "card"
_AT_ONCE = 64


def stage_cards(
    request: BuildRequest, state: State, stage: Stage, context: Context, touched: Iterable[str], read: ReadGroup,
    damaged: Collection[str],
) -> list[str]:  # fmt: skip
    """Stage cards whose text changed or whose files are damaged. Return the files that are new in the stage."""
    keys = {group.partition("/")[2] for group in touched if group.startswith(f"{SOCIAL}/")}
    there = {row.key: row for row in state.pages((KIND,))}
    if context.social is None:
        keys = set(there)
    keys |= {SITE_CARD_KEY} | {key for key, row in there.items() if row.url in damaged}
    wanted: dict[str, SocialCard] = {}
    for key in sorted(keys):
        found = _wanted(key, context, read)
        row = there.get(key)
        if row and (found is None or row.file != found.file):
            state.remove_pages([row])
            (request.folder / row.file).unlink(missing_ok=True)
        if found and (row is None or row.file != found.file or row.url in damaged):
            wanted[key] = found
    return _staged(request, state, stage, context, wanted) if wanted else []


def _wanted(key: str, context: Context, read: ReadGroup) -> SocialCard | None:
    if context.social is None:
        return None
    if key == SITE_CARD_KEY:
        return site_card(context)
    return next((card for card in read(f"{SOCIAL}/{key}", 1) if isinstance(card, SocialCard)), None)


def _staged(
    request: BuildRequest, state: State, stage: Stage, context: Context, wanted: dict[str, SocialCard]
) -> list[str]:
    (request.folder / CARDS_FOLDER).mkdir(parents=True, exist_ok=True)
    drawn = _drawer(request, context)
    fresh, pairs = list[str](), list(wanted.items())
    with ThreadPoolExecutor(request.jobs) as pool:
        for start in range(0, len(pairs), _AT_ONCE):
            rows = list[PageRow]()
            some = pairs[start : start + _AT_ONCE]
            for (key, card), data in zip(some, pool.map(drawn, (card for _, card in some)), strict=True):
                page = Page(KIND, key, f"/{card.file}")
                row, is_fresh = stage_file(stage, RenderJob(page, card.file, "", b"", "image/png"), data)
                rows.append(row)
                fresh += [card.file] if is_fresh else []
            state.put_pages(rows)
    return fresh


def _drawer(request: BuildRequest, context: Context) -> Callable[[SocialCard], bytes]:
    from digest.pictures.social_card import CardStyle, CardText, draw_card  # noqa: PLC0415 - it is an extra

    cards = context.config.cards
    look = CardStyle(cards.paper, cards.ink, cards.accent, str(request.site / cards.font) if cards.font else "")

    def drawn(card: SocialCard) -> bytes:
        kept: Path = request.folder / card.file
        if kept.is_file():
            return kept.read_bytes()
        data = draw_card(CardText(card.title, card.kicker, context.site.title), look)
        new = kept.with_suffix(".new")
        new.write_bytes(data)
        new.replace(kept)
        return data

    return drawn
