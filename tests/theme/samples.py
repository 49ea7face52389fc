"""Sample views of every page kind, in four flavours.

`typical` is an ordinary day; in `empty` all optional fields are empty; `hostile` has markup, quotes and control
characters in every text; `arabic` is a right-to-left site.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from digest.model import Correction, Kind
from digest.site import views
from digest.site.cards import MARKS, Card, HistoryLine, Picture, PictureFile, PictureSource

FLAVOURS = ("typical", "empty", "hostile", "arabic")
DAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 9, 5, tzinfo=timezone(timedelta(hours=1)))
HOSTILE = """<script>alert("x")</script> & 'quotes' ]]> --> {{ page }} \u202e\u0007end"""
ARABIC = "افتتاح مكتبة المدينة بعد عامين من الترميم"

REGIONS = {
    "africa": "Africa",
    "asia-pacific": "Asia-Pacific",
    "europe": "Europe",
    "latin-america": "Latin America",
    "middle-east": "Middle East",
    "north-america": "North America",
    "world": "International",
}
CATEGORIES = {
    "politics": "Politics",
    "conflict": "Conflict",
    "business": "Business",
    "science": "Science",
    "health": "Health",
    "disaster": "Disaster",
    "culture": "Culture",
    "sport": "Sport",
}
HEADLINES = (
    "Ferry service to the northern islands resumes after storm",
    "Parliament votes for longer opening hours of polling stations",
    "Researchers map the floor of the southern lake",
    "Central bank leaves its rate where it is for a fifth time",
    "Orchestra plays in the old power station",
    "Home side win the cup on penalties",
    "Night trains return between the two capitals",
    "Clinic opens in the valley that had none",
)


def site(flavour: str = "typical") -> views.SiteView:
    """Sample site view."""
    hostile, arabic = flavour == "hostile", flavour == "arabic"
    words = HOSTILE if hostile else ""
    return views.SiteView(
        title=words or ("جريدة الصباح" if arabic else "The Morning Paper"),
        tagline="" if flavour == "empty" else words or "News from everywhere, once a day",
        description="" if flavour == "empty" else words or "A digest of the wires.",
        publisher="" if flavour == "empty" else words or "Morning Paper Society",
        base_url="https://example.org/news/",
        base_path="/news/",
        language="ar" if arabic else "en",
        direction="rtl" if arabic else "ltr",
        regions={s: label(s, words or n, "region") for s, n in REGIONS.items()},
        categories={s: label(s, words or n, "category") for s, n in CATEGORIES.items()},
        sources={"NW-UTC": credit(flavour)},
        authors={} if flavour == "empty" else {"m-osei": label("m-osei", words or "M. Osei", "author")},
        generator="digest",
        preview=False,
        hub="" if flavour == "empty" else "https://hub.example/?a=1&b=2",
        alternates={} if flavour == "empty" else {"fr": "https://fr.example/"},
    )


def label(slug: str, name: str, axis: str) -> views.Label:
    """A region, category or author."""
    return views.Label(slug=slug, name=name, url=f"/{axis}/{slug}/")


def credit(flavour: str) -> views.Credit:
    """A source."""
    if flavour == "empty":
        return views.Credit(key="NW-UTC", name="NW-UTC", line="", rights="")
    words = HOSTILE if flavour == "hostile" else ""
    return views.Credit(
        key="NW-UTC", name=words or "Northwire", line=words or "By Northwire", rights=words or "© Northwire 2026"
    )


def card(number: int, flavour: str = "typical", *, kind: Kind | None = None) -> Card:
    """Sample card. Every third is an article, unless `kind` is given."""
    chosen = kind or (Kind.ARTICLE if number % 3 == 0 else Kind.BRIEF)
    bare, article = flavour == "empty", chosen is Kind.ARTICLE
    text = {"hostile": HOSTILE, "arabic": ARABIC}.get(flavour, HEADLINES[number % len(HEADLINES)])
    linked = not article and number % 4 == 1
    day = DAY - timedelta(days=number // 20)
    return Card(
        id=f"n{number:09}",
        order=f"{day.isoformat()} {number:08}",
        title=text,
        url=f"/{day:%Y/%m/%d}/entry-{number}/" if article else f"/{day:%Y/%m/%d}/#n{number:09}",
        page=article,
        link="https://example.com/?a=1&b=2" if linked and not bare else "",
        kind=chosen,
        edition=day,
        day=day,
        at=AT if number % 2 == 0 and not bare else None,
        regions=(list(REGIONS)[number % len(REGIONS)],) if bare else tuple((list(REGIONS) * 2)[number % 7 :][:2]),
        categories=(list(CATEGORIES)[number % len(CATEGORIES)],),
        sources=() if bare else ("NW-UTC",),
        story="" if bare or number > 2 else "ferries",
        standfirst="" if bare or not article else f"{text}. What happened, and what comes next.",
        byline="" if bare or not article else (HOSTILE if flavour == "hostile" else "M. Osei"),
        image=None if bare or number % 3 else picture(flavour),
        lead=0,
        sightings=1,
        position=number + 1,
        versions=0 if bare else number % 2,
        corrected=not bare and number == 0,
        lang="fr" if number == 4 and not bare else "",
        badge="",
        marks=() if bare or number > 7 else (*MARKS, *MARKS)[number : number + 1 + number % 2],
    )


def picture(flavour: str = "typical") -> Picture:
    """A picture in two formats and two widths."""
    widths = (480, 960)
    files = {
        kind: tuple(PictureFile(url=f"/pictures/ferry.1a2b-{w}.{kind}", width=w) for w in widths)
        for kind in ("webp", "jpg")
    }
    words = {"hostile": HOSTILE, "arabic": ARABIC}.get(flavour, "A ferry in a grey harbour")
    return Picture(
        url=files["jpg"][-1].url,
        width=960,
        height=640,
        alt=words,
        credit=words,
        type="image/jpeg",
        sources=(PictureSource(type="image/webp", files=files["webp"]),),
        files=files["jpg"],
    )


def cards(number: int, flavour: str = "typical") -> tuple[Card, ...]:
    """Sample cards; none for the empty flavour."""
    return () if flavour == "empty" else tuple(card(n, flavour) for n in range(number))


def head(flavour: str, url: str) -> views.Head:
    """Metadata of a page."""
    if flavour == "empty":
        return views.Head(title="Untitled")
    text = {"hostile": HOSTILE, "arabic": ARABIC}.get(flavour, HEADLINES[0])
    return views.Head(
        title=text,
        description=text,
        canonical=f"https://example.org/news{url}",
        type="article",
        published=AT.isoformat(),
        modified=AT.isoformat(),
        section="Europe",
        image=views.HeadImage(url="https://example.org/news/a.jpg", width=960, height=640, alt=text, type="image/jpeg"),
        json_ld='{"@context":"https://schema.org","@type":"NewsArticle","headline":"\\u003cscript\\u003e"}',
    )


def body_html(path: str) -> str:
    """Return the HTML of the sample body at `path`, for the renderer."""
    return (
        '<p>The first ferry left at <a href="https://example.com/timetable?a=1&amp;b=2">six</a>.</p>\n'
        f"<h2>What comes next</h2>\n<p>More boats &amp; more sailings. <em>{len(path)}</em></p>\n"
    )


def crumbs(flavour: str) -> tuple[views.Crumb, ...]:
    """Breadcrumbs."""
    words = HOSTILE if flavour == "hostile" else ""
    home = views.Crumb(name=words or "Front page", url="/")
    return (home,) if flavour == "empty" else (home, views.Crumb(name=words or "Europe", url="/region/europe/"))


def corrections(flavour: str) -> tuple[Correction, ...]:
    """Corrections of an entry."""
    text = HOSTILE if flavour == "hostile" else "An earlier version named the wrong harbour."
    return () if flavour == "empty" else (Correction(day=DAY, text=text),)


def sample_views(flavour: str = "typical") -> Mapping[str, views.View]:
    """A sample view for every template, by the template's name."""
    return {**_entries(flavour), **_lists(flavour), **_notices(), **_machine(flavour)}


def _entries(flavour: str) -> Mapping[str, views.View]:
    bare, own = flavour == "empty", site(flavour)
    item = views.ItemView(
        url="/2026/03/12/entry-0/",
        head=head(flavour, "/2026/03/12/entry-0/"),
        card=card(0, flavour),
        body=None if bare else views.Body(path="2026/03/12/entry-0.md", digest="d1"),
        summary=card(0, flavour).standfirst,
        words=0 if bare else 21,
        author=None if bare else own.authors["m-osei"],
        credits=() if bare else (own.sources["NW-UTC"],),
        history=() if bare else (HistoryLine(day=DAY, at=AT), HistoryLine(day=DAY, at=None)),
        corrections=corrections(flavour),
        story="" if bare else "ferries",
        timeline=cards(3, flavour),
        related=cards(5, flavour)[3:],
        crumbs=crumbs(flavour),
        places=() if bare else (HOSTILE if flavour == "hostile" else "Tromsø",),
        ai="none" if bare else "assisted",
        ai_note="" if bare else (HOSTILE if flavour == "hostile" else "A machine translated it; an editor read it."),
    )
    story = views.StoryView(
        url="/story/ferries/",
        head=head(flavour, "/story/ferries/"),
        slug="ferries",
        lead=card(0, flavour),
        cards=(card(0, flavour), *cards(3, flavour)[1:]),
        crumbs=crumbs(flavour),
    )
    return {"item.html": item, "story.html": story}


def sections(flavour: str, *, by_day: bool = False) -> tuple[views.Section, ...]:
    """Cards under headings."""
    own = site(flavour)
    if flavour == "empty":
        return ()
    few = cards(4, flavour), cards(8, flavour)[4:]
    if by_day:
        return tuple(views.Section(label=None, day=DAY - timedelta(days=n), cards=few[n]) for n in (0, 1))
    return tuple(views.Section(label=own.categories[s], cards=few[n]) for n, s in enumerate(("politics", "sport")))


def _lists(flavour: str) -> Mapping[str, views.View]:
    bare, own = flavour == "empty", site(flavour)
    archive = (
        () if bare else tuple(views.MonthLink(first=date(2026, m, 1), url=f"/region/europe/2026/0{m}/") for m in (3, 2))
    )
    days = [
        views.CalendarDay(
            day=date(2026, 3, d), url="" if bare or d % 3 else f"/2026/03/{d:02}/", entries=0 if bare or d % 3 else d
        )
        for d in range(1, 32)
    ]
    cells = [None] * 6 + [*days] + [None] * 5
    return {
        "front.html": views.FrontView(
            url="/", head=head(flavour, "/"), edition=None if bare else DAY, cards=cards(60, flavour)
        ),
        "edition.html": views.EditionView(
            url="/2026/03/12/",
            head=head(flavour, "/2026/03/12/"),
            day=DAY,
            sections=sections(flavour),
            updated=cards(10, flavour)[8:],
            crumbs=crumbs(flavour),
        ),
        "month.html": views.MonthView(
            url="/2026/03/",
            head=head(flavour, "/2026/03/"),
            month="2026-03",
            first=date(2026, 3, 1),
            weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7)),
            earlier="" if bare else "/2026/02/",
            later="" if bare else "/2026/04/",
            crumbs=crumbs(flavour),
        ),
        "section.html": views.SectionView(
            url="/region/europe/",
            head=head(flavour, "/region/europe/"),
            axis="region",
            label=own.regions["europe"],
            second=None,
            newest=None if bare else DAY,
            lead=None if bare else card(3, flavour),
            sections=sections(flavour),
            also=cards(11, flavour)[8:],
            crosses=() if bare else (views.Label(slug="sport", name="Sport", url="/region/europe/sport/"),),
            archive=archive,
            feed="/region/europe/feed.xml",
            about="" if bare else (HOSTILE if flavour == "hostile" else "All of Europe."),
            email="" if bare else (HOSTILE if flavour == "hostile" else "europe@example.org"),
            link="" if bare else "https://far.example/?a&b",
            crumbs=crumbs(flavour),
        ),
        "archive.html": views.ArchiveView(
            url="/region/europe/2026/03/",
            head=head(flavour, "/region/europe/2026/03/"),
            label=own.regions["europe"],
            second=None,
            first=date(2026, 3, 1),
            sections=sections(flavour, by_day=True),
            archive=archive,
            crumbs=crumbs(flavour),
        ),
        "corrections.html": views.CorrectionsView(
            url="/corrections/",
            head=head(flavour, "/corrections/"),
            entries=() if bare else (views.Corrected(card=card(0, flavour), corrections=corrections(flavour)),),
            crumbs=crumbs(flavour),
        ),
    }


def _notices() -> Mapping[str, views.View]:
    return {
        "gone.html": views.GoneView(url="/2026/03/12/taken-back/", head=views.Head(title="Gone", index=False)),
        "alias.html": views.AliasView(
            url="/old/", head=views.Head(title="Moved", index=False), target="/2026/03/12/entry-0/"
        ),
        "search.html": views.SearchView(
            url="/search/",
            head=views.Head(title="", index=False),
            indexed=True,
            months=(views.MonthLink(first=date(2026, 3, 1), url="/2026/03/"),),
            crumbs=(),
        ),
        "404.html": views.NotFoundView(url="/404.html", head=views.Head(title="Not found", index=False)),
    }


def _machine(flavour: str) -> Mapping[str, views.View]:
    bare, own = flavour == "empty", site(flavour)
    entries = tuple(
        views.FeedEntry(
            id=f"tag:example.org,2026:{c.id}",
            card=c,
            url=c.link or c.url,
            published=AT.isoformat() if c.at else "",
            rfc822="Thu, 12 Mar 2026 09:05:00 +0100" if c.at else "",
            updated=AT.isoformat(),
            summary=c.standfirst,
            body=views.Body(path="2026/03/12/entry-0.md", digest="d1") if c.kind is Kind.ARTICLE else None,
            credits=(own.sources["NW-UTC"],),
            corrections=() if number else (Correction(day=DAY, text=HOSTILE),),
            digital_source="" if number else "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            ai_note="" if number else HOSTILE,
        )
        for number, c in enumerate(cards(6, flavour))
    )

    def feed(url: str) -> views.FeedView:
        return views.FeedView(
            url=url, title=own.title, home="/", id="tag:example.org,2026:feed", updated=AT.isoformat(), entries=entries
        )

    address = "https://example.org/news/2026/03/12/entry-0/?a=1&b=2"
    urls = (views.SitemapUrl(url=address, modified="2026-03-12"), views.SitemapUrl(url=address, modified=""))
    news = views.NewsUrl(url=address, title=card(0, flavour).title, published=AT.isoformat(), language=own.language)
    old = "/2026/03/11/entry-1/"
    rules = views.RulesView(url="/_redirects", moved=() if bare else (("/old/", old),), gone=() if bare else (old,))
    return {
        "atom.xml": feed("/feed.xml"),
        "rss.xml": feed("/rss.xml"),
        "feed.json": feed("/feed.json"),
        "sitemap.xml": views.SitemapView(url="/sitemaps/2026-03.xml", urls=() if bare else urls),
        "sitemap-index.xml": views.SitemapView(url="/sitemap.xml", urls=() if bare else urls),
        "news-sitemap.xml": views.NewsSitemapView(url="/news-sitemap.xml", urls=() if bare else (news,)),
        "redirects.txt": rules,
        "headers.txt": rules,
        "htaccess.txt": rules,
        "robots.txt": views.RobotsView(
            url="/robots.txt", sitemap="/sitemap.xml", deny=() if bare else ("ExampleBot", "OtherBot")
        ),
        "site.webmanifest": views.ManifestView(url="/site.webmanifest"),
        "security.txt": views.SecurityView(
            url="/.well-known/security.txt",
            contact=("mailto:desk@example.org",),
            expires="2027-01-01T00:00:00Z",
            policy="" if bare else "https://example.org/policy",
            encryption="" if bare else "https://example.org/key",
        ),
    }
