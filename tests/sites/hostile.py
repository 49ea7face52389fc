"""Sites made to go wrong: markup in every text, every status, every script, more entries than a list holds.

Their pages are written as JSON, which is YAML too, so that any text can stand in them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.newsroom import Newsroom

MARKUP = """</title></script><script>alert("x")</script> & 'quotes' ]]> --> {{ page }} {% if %} &lt;b&gt;"""
UNSEEN = "zaxolot"
"""A word that stands only in what readers must not see."""
FRONT = 60
REGIONS = ("africa", "asia-pacific", "europe", "latin-america", "middle-east", "north-america", "world")
CATEGORIES = ("politics", "conflict", "business", "technology", "science", "health", "crime", "culture", "sport")
ARABIC = (
    "افتتاح مكتبة المدينة بعد عامين من الترميم",
    "العبارة تعود إلى الجزر الشمالية بعد العاصفة",
    "فريق المدينة يفوز بالكأس بركلات الترجيح",
    "باحثون يرسمون قاع البحيرة الجنوبية 2026 (SF-12)",
)

_PATH = """\
[site]
title = 'The "Odd" <Times> & Sons'
tagline = '</p><script>alert(1)</script>'
description = "It's <b>bold</b> & \\"quoted\\" --> ]]>"
publisher = "O'Dd & Söhne <Ltd>"
base_url = "https://x.example/news/today/"
regions = ["africa", "asia-pacific", "europe", "latin-america", "middle-east", "north-america", "world", "moon"]

[regions.moon]
name = 'Moon & "Mars" <far>'

[sources.OD-ONE]
name = "Ödd & <One>"
credit = "© <i>Odd</i> & Co"
rights = '"All" rights <reserved>'
feed = "full"

[sources.SHUT]
name = "Shut & Co"
index = false
canonical = "link"
feed = "headline"

[sources.SHORT]
days = 1

[authors.q-ueer]
name = 'Q. "Ueer" <O’Neil>'
bio = "She <b>writes</b> & 'reads'."

[robots]
deny = ["BadBot"]

[search]
enabled = true
"""
_ARABIC = """\
[site]
title = "جريدة الصباح"
tagline = "أخبار من كل مكان"
base_url = "https://sabah.example/"
language = "ar"
time_zone = "Africa/Cairo"
day_ends = "03:00"

[sources.WAFD]
name = "وكالة الوفد"

[search]
enabled = true
"""
_PLAIN = """\
[site]
title = "The Plain Post"
base_url = "https://plain.example/"

[search]
enabled = true
"""
BASES = {
    "hostile": "https://x.example/news/today/",
    "arabic": "https://sabah.example/",
    "briefs": "https://plain.example/",
    "empty": "https://plain.example/",
}


def write(kind: str, folder: Path) -> Newsroom:
    """One of the sites in `BASES`."""
    config, pages = {
        "hostile": (_PATH, _hostile()),
        "arabic": (_ARABIC, _arabic()),
        "briefs": (_PLAIN, _briefs()),
        "empty": (_PLAIN, iter(())),
    }[kind]
    room = Newsroom(folder, config)
    for path, fields, body in pages:
        file = room.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
        file.write_text("\n".join(["---", *lines, "---", body, ""]), "utf-8")
    return room


Written = tuple[str, dict[str, Any], str]


def _page(name: str, title: str, body: str = "", **fields: Any) -> Written:
    known = {"id": f"x{name}", "title": title, "date": "2026-03-12", "regions": ["europe"], "categories": ["society"]}
    return f"odd/{name}.md", known | fields, body


def _hostile() -> Iterator[Written]:
    yield from _many()
    yield from _texts()
    yield from _kinds()
    yield from _hidden()


def _many() -> Iterator[Written]:
    """Three months of 300 entries, every tenth an article."""
    for n in range(300):
        month, day = 1 + n // 100, 1 + n % 100 // 10
        article = n % 10 == 0
        labels: dict[str, Any] = {
            "regions": [*dict.fromkeys((REGIONS[n % 7], REGIONS[n * 5 % 7]))],
            "categories": [*dict.fromkeys((CATEGORIES[n % 9], CATEGORIES[n * 7 % 9]))],
            "source": "OD-ONE",
        }
        date = f"2026-{month:02}-{day:02}" + (f"T{n % 24:02}:05:00+05:30" if n % 3 == 0 else "")
        body = f"What happened at post {n}, told at length.\n\nAnd *more* of it." if article else ""
        yield _page(f"many-{n}", f"Post {n} says that all is well", body, date=date, **labels)


def _texts() -> Iterator[Written]:
    """Titles and bodies that no template expects."""
    titles = {
        "markup": MARKUP,
        "long": "Donaudampfschifffahrts" * 12,
        "emoji": "🏴‍☠️ Pirates 👩‍👩‍👧‍👦 win 🏆 e\u0301clair ﷽ z\u0351\u036b\u0343a",
        "bidi": "Left \u202eright\u202c and \u2067\u05e9\u05dc\u05d5\u05dd\u2069",
        "lines": "One\u2028two\u2029three\u00a0four",
        "template": "{{ site.base_url }}{% raw %} ${x} #{y} %s \\n \\u003c",
        "signs": "*** --- ‽‽‽",
        "space": "  Padded   title  ",
        "amp": "AT&T &amp; R&D &#60; &nbsp; &notit;",
        "attribute": '" onmouseover="alert(1)" x="',
        "url": "https://evil.example/?a=1&b=2#c",
    }
    for name, title in titles.items():
        yield _page(name, title)
        yield _page(f"{name}-article", f"{title} (article)", f"{MARKUP}\n\n{title}", summary=title, byline=title)
    yield _page("hebrew", "הספרייה העירונית נפתחה", "הטקסט עצמו.", lang="he", byline="ד. לוי")
    body = """\
# A first heading

### A third, out of turn

[inside](/corrections/) [far](https://far.example/?a=1&b=2 "t<i>") [bad](javascript:alert(1)) <https://auto.example>

![a "picture" & <more>](https://far.example/p.png) ![](data:image/png;base64,AAAA)

| a | b |
|---|--:|
| `<x>` | ~~no~~ |

<script>alert("body")</script> <img src=x onerror=alert(1)> &copy; &#0; &#7; &#x1f; &#xfffe; &bogus;
bell \u0007 \ufdd0 \u0085

1. one
   - two

> quoted

```html
<b>code</b>
```

***"""
    yield _page("rich", "Rich text", body, places=["<Tromsø>", 'A & "B"'], source=["OD-ONE", "NOBODY"])


def _kinds() -> Iterator[Written]:
    """Versions, stories, corrections, aliases, links, authors, leads."""
    yield _page("v-1", "Ferry sails at six", source="OD-ONE", story="ferry")
    yield _page("v-2", "Ferry sails at seven", date="2026-03-13", version_of="xv-1", source="SHUT")
    yield _page("f-1", "Ferry company explains itself", "It was the tide.", date="2026-03-13", story="ferry")
    yield _page("f-2", "Passengers thank ferry", date="2026-03-14T09:30:00+01:00", story="ferry")
    said = [{"date": "2026-03-13", "text": MARKUP}, {"date": "2026-03-14", "text": "It was not so."}]
    yield _page("put-right", "A thing that was wrong", "Body.", corrections=said, updated="2026-03-14")
    yield _page("brief-put-right", "A brief that was wrong", corrections=said[:1])
    yield _page("moved", "A page that moved", "Body.", aliases=["/old/place/", "/ol'd/&ü/"])
    yield _page("linked", "Seen elsewhere", link="https://far.example/a?b=1&c=\u00e9%20d", source="SHUT")
    yield _page("linked-brief", "Seen elsewhere too", link="https://far.example/e", source="SHUT", summary=MARKUP)
    yield _page("author", "By our own", "Body.", byline='Q. "Ueer" <O’Neil>', ai="assisted", ai_note=MARKUP)
    yield _page(
        "machine",
        "By a machine",
        "Body.",
        ai="generated",
        reviewed_by=MARKUP,
        image="https://far.example/p.jpg",
        image_alt=MARKUP,
        image_credit=MARKUP,
    )
    yield _page("moon", "Landing on the far side", "Body.", regions=["moon", "world"], categories=["science"])
    yield _page("quoted", "She's \"here\" and 'there'", date="2026-03-14", categories=["sport"], lead=1)


def _hidden() -> Iterator[Written]:
    """What readers must not see: every page here says `UNSEEN` in every text, but for slugs and ids."""
    fates: dict[str, dict[str, Any]] = {
        "killed": {"status": "killed"},
        "expired": {"expires": "2026-03-12T17:00:00Z"},
        "rights": {"source": "SHORT", "date": "2026-03-01"},
        "embargo": {"embargo": "2026-03-20T12:00:00Z"},
        "scheduled": {"publish_at": "2026-03-20"},
        "draft": {"status": "draft"},
        "held": {"status": "hold"},
        "unread": {"ai": "generated"},
    }
    for name, fate in fates.items():
        texts: dict[str, Any] = {
            "summary": f"Summary {UNSEEN}.",
            "byline": UNSEEN.title(),
            "places": [UNSEEN],
            "slug": f"page-{name}",
            "corrections": [{"date": "2026-03-12", "text": UNSEEN}],
            "aliases": [f"/{UNSEEN}/{name}/"],
            "story": "ferry",
            "link": f"https://{UNSEEN}.example/",
        }
        yield _page(f"hidden-{name}", f"Headline {UNSEEN} {name}", f"Text {UNSEEN}.", **(texts | fate))
        brief = {k: v for k, v in texts.items() if k == "byline"} | fate
        yield _page(f"hidden-{name}-brief", f"Brief {UNSEEN} {name}", slug=f"brief-{name}", **brief)
    yield _page("shown", "A page with a version to come", "Body.")
    yield _page("to-come", f"Version {UNSEEN}", UNSEEN, version_of="xshown", embargo="2026-03-20")


def _arabic() -> Iterator[Written]:
    for n in range(40):
        title = f"{ARABIC[n % len(ARABIC)]} {n}"
        labels: dict[str, Any] = {"regions": [REGIONS[n % 7]], "categories": [CATEGORIES[n % 9]], "source": "WAFD"}
        date = f"2026-03-{10 + n % 3}" + (f"T0{n % 10}:30:00+02:00" if n % 2 else "")
        body = f"{title}.\n\n## عنوان\n\nنص الخبر." if n % 4 == 0 else ""
        more = {"story": "al-maktaba"} if n % 8 == 0 else {}
        yield _page(f"ar-{n}", title, body, date=date, **labels, **more)
    yield _page("en", "An English headline (with a bracket)", "In English.", lang="en")


def _briefs() -> Iterator[Written]:
    for n in range(7):
        yield _page(f"b-{n}", f"Brief number {n}", regions=[REGIONS[n % 3]], categories=[CATEGORIES[n % 2]])
