"""Pages, whatever is in them: reading never raises, and what is written and read back is the same."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.config import parse
from digest.content.frontmatter import INVALID_CHARACTERS
from digest.content.infer import item_of
from digest.content.page import body_of, parse_page
from digest.content.serialize import page_text
from digest.issues import CODES
from digest.model import Labels

CONFIG = parse("")[0]


class Labeller:
    """Says Europe and sport of everything."""

    name, version = "fixed", "1"

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region="europe", category="sport")


def identify(title: str, day: date) -> str:
    return f"n{len(title)}-{day:%d}"


# --- any bytes ------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        b"---\n", b"---", b"\n", b"\r\n", b"\r", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xe9", b" ", b"  ", b"\t",
        b": ", b":", b"- ", b"[", b"]", b"{", b"}", b", ", b'"', b"'", b"&a ", b"*a", b"|\n", b">\n", b"#", b"%", b"!",
        b"title", b"date", b"regions", b"wire", b"corrections", b"embargo", b"id", b"status", b"image", b"aliases",
        b"2026-03-10", b"T25:00Z", b"europe", b"a", "é😀".encode(), b"\\u0000", b"\\ud800", b"null", b"~", b"\xc2\x85",
        b'"\\e[2J"', b"\\x1b", b"?",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=60).map(b"".join)


@given(st.binary(max_size=200) | PAGES | PAGES.map(lambda data: b"---\ntitle: a\ndate: 2026-03-10\n" + data))
def test_any_bytes_are_a_page_or_an_issue(data: bytes) -> None:
    page, issues = parse_page("x.md", data, CONFIG)
    item, more = item_of(page, CONFIG, Labeller, identify) if page else (None, ())
    for issue in (*issues, *more):
        assert issue.code in CODES
        assert issue.place.file == "content/x.md"
        assert issue.place.line >= 1
        assert not INVALID_CHARACTERS.search(str(issue))
    assert item or issues or more
    assert page is None or page.body == body_of(data)


# --- there and back -------------------------------------------------------------------------------------------------

TEXT = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"), max_size=40
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
NAME = st.from_regex(r"\A[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5}){0,2}\Z")
DAY = st.dates(date(1900, 1, 1), date(2200, 1, 1))
MOMENT = st.builds(
    lambda moment, hours: moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)) if hours else UTC),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-12, 14),
)
TEXTS = st.lists(TEXT, min_size=1, max_size=3, unique=True)
LABELS = st.lists(st.sampled_from(list(CONFIG.regions)), min_size=1, max_size=3, unique=True)
WIRE = st.fixed_dictionaries(
    {"dump": TEXT, "seen": DAY.map(str), "position": st.integers(0, 999), "lines": TEXT, "key": TEXT},
    optional={"also": TEXTS, "seals": st.dictionaries(NAME, TEXT, min_size=1, max_size=3)},
)
FIELDS = st.fixed_dictionaries(
    {"title": TEXT, "date": DAY | MOMENT},
    optional={
        "id": NAME, "slug": NAME, "updated": DAY | MOMENT, "regions": LABELS, "places": TEXTS, "story": NAME,
        "version_of": NAME, "summary": TEXT, "byline": TEXT, "source": TEXT | TEXTS, "embargo": MOMENT,
        "status": st.sampled_from(["draft", "hold", "published", "killed"]), "lead": st.integers(1, 9),
        "corrections": st.lists(st.fixed_dictionaries({"date": DAY, "text": TEXT}), min_size=1, max_size=2),
        "ai": st.sampled_from(["none", "assisted", "generated"]), "wire": WIRE,
    },
)  # fmt: skip
BODY = st.lists(TEXT, max_size=4).map("\n\n".join)


def day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def time_of(moment: object) -> datetime | None:
    return moment if isinstance(moment, datetime) else None


@given(FIELDS, BODY)
def test_a_page_written_and_read_back_is_the_same(fields: dict[str, Any], body: str) -> None:
    page, issues = parse_page("x.md", page_text(fields, body).encode(), CONFIG)
    assert [i for i in issues if i.code != "review-missing"] == []
    assert page is not None
    assert page.body == body
    assert (page.title, page.day, page.at) == (fields["title"], day_of(fields["date"]), time_of(fields["date"]))
    for name in ("id", "slug", "story", "version_of", "summary", "byline"):
        assert getattr(page, name) == fields.get(name, "")
    for name in ("status", "embargo", "ai"):
        assert getattr(page, name) == fields.get(name)
    for name in ("regions", "places"):
        assert getattr(page, name) == tuple(fields.get(name, ()))
    sources = fields.get("source", [])
    assert page.sources == ((sources,) if isinstance(sources, str) else tuple(sources))
    assert page.lead == fields.get("lead", 0)
    assert page.updated == (day_of(fields["updated"]) if "updated" in fields else None)
    assert page.updated_at == time_of(fields.get("updated"))
    assert [(c.day, c.text) for c in page.corrections] == [
        (c["date"], c["text"]) for c in fields.get("corrections", ())
    ]
    if wire := fields.get("wire"):
        assert page.origin is not None
        assert {name: getattr(page.origin, name) for name in wire} == {**wire, **also_of(wire)}
    else:
        assert page.origin is None


def also_of(wire: dict[str, Any]) -> dict[str, Any]:
    return {"also": tuple(wire["also"])} if "also" in wire else {}
