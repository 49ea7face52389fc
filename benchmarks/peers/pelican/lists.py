"""The plug-in: an index of the articles, and every page that is no article."""

import calendar
import json
from collections import Counter, defaultdict
from datetime import date, datetime
from email.utils import format_datetime

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator


class Index:
    """What stands where, the newest first."""

    def __init__(self, articles, site):
        self.lists, self.also, self.stories = defaultdict(list), defaultdict(list), defaultdict(list)
        self.editions, self.near, self.months = defaultdict(list), defaultdict(list), defaultdict(list)
        self.articles = sorted(articles, key=lambda a: a.date, reverse=True)
        for a in self.articles:
            a.regions, a.categories = a.region_slugs.split(), a.category_slugs.split()
            a.path = f"/{a.url}"
            day, month, region = f"{a.date:%Y-%m-%d}", f"{a.date:%Y/%m}", a.regions[0]
            names = [f"region/{region}"]
            for c in a.categories:
                names += [f"category/{c}", f"region/{region}/{c}"]
            for name in names:
                self.lists[name].append(a)
                self.lists[f"{name}/{month}"].append(a)
            for other in a.regions[1:]:
                self.also[other].append(a)
            self.stories[a.story].append(a)
            self.editions[day].append(a)
            self.near[day, region].append(a)
            self.months[month].append(a)
        self.stories = {slug: own for slug, own in self.stories.items() if len(own) > 1}
        for axis, slugs in (("region", site["regions"]), ("category", site["categories"])):
            for slug in slugs:
                self.lists.setdefault(f"{axis}/{slug}", [])
        for a in self.articles:
            a.timeline = self.stories.get(a.story, ())
            told = {a.id, *(t.id for t in a.timeline)}
            a.related = [n for n in self.near[f"{a.date:%Y-%m-%d}", a.regions[0]] if n.id not in told][:5]


def script(data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def by_day(pages):
    days = {}
    for page in pages:
        days.setdefault(f"{page.date:%Y-%m-%d}", []).append(page)
    return days.items()


def sections(pages, attribute, order):
    found = {slug: [] for slug in order}
    for page in pages:
        found[getattr(page, attribute)[0]].append(page)
    return [(slug, own) for slug, own in found.items() if own]


def headlines(pages):
    """The first ones, as many as a search engine shows."""
    said = ""
    for page in pages:
        longer = f"{said} · {page.title}" if said else page.title
        if said and len(longer) > 160:
            break
        said = longer
    return said


def rank(site, pages):
    """The best first: by subject, follow-ups, place on the wire and age. Pages come newest first."""
    if not pages:
        return []
    newest, members, seen, rows = pages[0].date.date(), Counter(p.story for p in pages), set(), []
    for p in pages:
        older = p.story in seen
        seen.add(p.story)
        score = 4 * site["weights"][p.categories[0]] + 1 / (1 + int(p.position) / 10) - 3 * (newest - p.date.date()).days
        rows.append((round(score + (-2 if older else 0.8 * min(3, members[p.story] - 1)), 6), p))
    rows.sort(key=lambda row: row[0], reverse=True)
    ranked = [p for _, p in rows]
    first = next((p for p in ranked if p.categories[0] not in site["never_lead"]), ranked[0])
    return [first, *(p for p in ranked if p is not first)]


def arrange(site, pages):
    """The front page: each article in one place."""
    ranked = rank(site, pages)
    lead, left = ranked[0], ranked[1:]

    def take(number, wanted):
        nonlocal left
        taken = list(wanted)[:number]
        left = [p for p in left if p not in taken]
        return taken

    told = sorted((p for p in left if p.story == lead.story), key=lambda p: p.date, reverse=True)
    front = {"lead": lead, "timeline": take(4, told), "second": take(4, left),
             "rail": take(8, [p for p in left if p.categories[0] == "sport"]), "read": take(4, left), "ranked": ranked}
    cells, small, size = [], [], 0
    for slug in site["regions"]:
        best = next((p for p in ranked if p.regions[0] == slug), None)
        if best is None:
            continue
        own = take(5, [p for p in left if p.regions[0] == slug]) or [best]
        if len(own) > 2:
            cells.append([(slug, own)])
            continue
        # Regions with little to say share a cell.
        if size + len(own) > 4:
            cells.append(small)
            small, size = [], 0
        small.append((slug, own))
        size += len(own) + 1
    found = {p.categories[0] for p in pages}
    return front | {"cells": cells + ([small] if small else []), "rest": left,
                    "strip": [c for c in site["categories"] if c in found]}


def publisher(site):
    return {"@type": "NewsMediaOrganization", "name": site["title"], "url": site["base_url"],
            "correctionsPolicy": f"{site['base_url']}corrections/"}


def way_data(site, way):
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": n, "name": name, "item": site["base_url"] + path.lstrip("/")}
        for n, (name, path) in enumerate(way, 1)]}


def list_data(site, name, url, pages, way=(), **more):
    items = [{"@type": "ListItem", "position": n, "url": site["base_url"] + p.url} for n, p in enumerate(pages, 1)]
    if way:
        more["breadcrumb"] = way_data(site, [*way, (name, url)])
    return script({"@context": "https://schema.org", "@type": "CollectionPage", "name": name,
                   "url": site["base_url"] + url, "mainEntity": {"@type": "ItemList", "itemListElement": items}, **more})


def article_data(site, a):
    url, region = site["base_url"] + a.url, a.regions[0]
    way = [(site["title"], ""), (site["names"][region], f"region/{region}/"), (a.title, a.url)]
    return script({"@context": "https://schema.org", "@graph": [
        {"@type": "NewsArticle", "@id": url, "mainEntityOfPage": url, "identifier": a.id, "headline": a.title,
         "datePublished": a.stamp, "dateModified": a.stamp, "inLanguage": "en",
         "articleSection": [site["names"][c] for c in a.categories], "publisher": publisher(site),
         "author": {"@type": "Person", "name": a.byline},
         "about": [{"@type": "Thing", "identifier": site["iptc"][c], "name": site["names"][c],
                    "sameAs": f"http://cv.iptc.org/newscodes/mediatopic/{site['iptc'][c].removeprefix('medtop:')}"}
                   for c in a.categories],
         "description": a.standfirst, "wordCount": len(a._content.split()),
         "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": site["sources"][a.source]}],
         "creditText": site["credits"][a.source]},
        way_data(site, way)]})


def month_name(month):
    return datetime.strptime(month, "%Y/%m").strftime("%B %Y")


class Lists(Generator):
    """Makes the pages that are no article."""

    def generate_output(self, writer):
        self.site = self.settings["SITE"]
        self.index = self.context["index"]
        self.writer = writer
        months = sorted(self.index.months, reverse=True)
        for name, own in self.index.lists.items():
            self._list(name, own, months)
        for slug, own in self.index.stories.items():
            region = own[0].regions[0]
            way = [(self.site["title"], "/"), (self.site["names"][region], f"/region/{region}/")]
            data = list_data(self.site, own[0].title, f"story/{slug}/", own, way)
            self._page("story", f"story/{slug}/", title=own[0].title, cards=own, data=data, way=way)
        for day, own in self.index.editions.items():
            url, title = f"{day.replace('-', '/')}/", f"{own[0].date:%A, %B} {own[0].date.day}, {own[0].date.year}"
            ranked = rank(self.site, own)
            parts = sections(ranked, "regions", self.site["regions"])
            month = day[:7].replace("-", "/")
            data = list_data(self.site, title, url, ranked, [(self.site["title"], "/"), (month_name(month), f"/{month}/")])
            self._page("edition", url, title=title, said=headlines(ranked), day=day, parts=parts, data=data, month=month)
        for month in months:
            year, number = map(int, month.split("/"))
            weeks = [[d if d.month == number else None for d in w] for w in calendar.Calendar().monthdatescalendar(year, number)]
            beside = [f"{date(year + (number + n - 1) // 12, (number + n - 1) % 12 + 1, 1):%Y/%m}" for n in (-1, 1)]
            counts = {d: len(o) for d, o in self.index.editions.items()}
            self._page("month", f"{month}/", title=month_name(month), weeks=weeks, counts=counts,
                       beside=[m if m in self.index.months else "" for m in beside])
        newest = self.index.articles[:60]
        front, base = arrange(self.site, newest), self.site["base_url"]
        part = {"@type": "WebSite", "@id": f"{base}#site", "url": base, "name": self.site["title"], "inLanguage": "en",
                "publisher": publisher(self.site), "description": self.site["tagline"]}
        data = list_data(self.site, self.site["title"], "", front["ranked"], isPartOf=part)
        self._page("home", "", title=self.site["title"], day=f"{newest[0].date:%Y-%m-%d}", data=data, **front)
        self._page("plain", "404.html", title="There is no page here")
        self._page("plain", "corrections/", title="Corrections")
        self._machines(newest, months)

    def _list(self, name, own, months):
        parts = name.split("/")
        dated = parts[-1].isdigit()
        slugs, month = (parts[1:-2], "/".join(parts[-2:])) if dated else (parts[1:], "")
        base, names = "/".join([parts[0], *slugs]), [self.site["names"][s] for s in slugs]
        cards = own if dated else own[:60]
        first = parts[0] == "region" and not dated and len(slugs) == 1
        title, cross = " – ".join([*names, *([month_name(month)] if dated else [])]), len(slugs) > 1
        way = [(self.site["title"], "/")]
        if dated or cross:
            way.append((names[0], f"/{parts[0]}/{slugs[0]}/"))
        if dated and cross:
            way.append((names[1], f"/{base}/"))
        lead = rank(self.site, cards)[0] if cards and not dated else None
        newest, rest = (f"{cards[0].date:%Y-%m-%d}" if lead else ""), [c for c in cards if c is not lead]
        other = ("categories" if parts[0] == "region" else "regions")
        self._page(
            "list", f"{name}/", title=title, names=names, slugs=slugs, axis=parts[0], list=base, month=month, cards=cards,
            way=way, lead=lead, newest=newest, said=headlines(cards) or self.site["tagline"],
            index=not cross or (not dated and len(own) > 2), days=by_day(rest) if dated or cross else (),
            parts=() if dated or cross else sections(rest, other, self.site[other]),
            also=self.index.also.get(slugs[0], ())[:12] if first else (),
            crosses=[c for c in self.site["categories"] if f"{name}/{c}" in self.index.lists] if first else (),
            months=[m for m in months if f"{base}/{m}" in self.index.lists],
            data=list_data(self.site, title, f"{name}/", cards, way),
        )
        if not dated and len(slugs) == 1:
            self._file("atom.xml", f"{name}/feed.xml", key=name, title=f"{self.site['title']} – {names[0]}", home=f"{name}/", cards=own[:60])

    def _machines(self, newest, months):
        self._file("atom.xml", "feed.xml", key="all", title=self.site["title"], home="", cards=newest)
        self._file("rss.xml", "rss.xml", cards=newest)
        self._file("feed.json", "feed.json", text=Markup(json.dumps({
            "version": "https://jsonfeed.org/version/1.1", "title": self.site["title"], "home_page_url": self.site["base_url"],
            "feed_url": f"{self.site['base_url']}feed.json", "description": self.site["tagline"], "authors": [{"name": self.site["title"]}],
            "language": "en", "items": [
                {"id": f"tag:corpus.example,2026:{a.id}", "url": self.site["base_url"] + a.url, "title": a.title,
                 "content_text": a.standfirst, "summary": a.standfirst, "date_published": a.stamp, "date_modified": a.stamp,
                 "authors": [{"name": a.byline}], "tags": [*a.regions, *a.categories]} for a in newest]},
            ensure_ascii=False, indent=2)))
        self._file("feed.json", "site.webmanifest", text=Markup(json.dumps({
            "name": self.site["title"], "short_name": self.site["title"], "description": self.site["tagline"], "lang": "en",
            "dir": "ltr", "id": "/", "start_url": "/", "scope": "/", "display": "minimal-ui",
            "icons": [{"src": self.site["icon"], "sizes": "any", "type": "image/svg+xml"}]}, ensure_ascii=False, indent=2)))
        since = datetime.fromisoformat(self.site["news_since"])
        self._file("news-sitemap.xml", "news-sitemap.xml", cards=[a for a in self.index.articles if a.date > since][:1000])
        self._file("sitemap-index.xml", "sitemap.xml", names=["lists", *(m.replace("/", "-") for m in months)])
        lists = [f"region/{s}/" for s in self.site["regions"]] + [f"category/{s}/" for s in self.site["categories"]]
        self._file("sitemap.xml", "sitemaps/lists.xml", lines=[(p, "") for p in ["", *lists, "corrections/"]])
        for month in months:
            own, dashed = self.index.months[month], month.replace("/", "-")
            lines = [(f"story/{s}/", o[0].stamp) for s, o in self.index.stories.items() if o[0].stamp.startswith(dashed)]
            lines += [(f"{d.replace('-', '/')}/", d) for d, _ in by_day(own)] + [(a.url, a.stamp) for a in own]
            self._file("sitemap.xml", f"sitemaps/{dashed}.xml", lines=lines)
        self._file("robots.txt", "robots.txt")

    def _page(self, template, url, **values):
        self._file(f"{template}.html", f"{url}index.html" if not url or url.endswith("/") else url, here=f"/{url}", **values)

    def _file(self, template, path, **values):
        found = self.env.get_template(template)
        values = {"here": f"/{path}"} | values
        self.writer.write_file(path, found, self.context, relative_urls=False, override_output=False, url=path, **values)


def fill(generator):
    """All articles are read: the index, for articles and lists."""
    site = generator.settings["SITE"]
    generator.context["index"] = Index(generator.articles, site)
    generator.context["site"] = site
    generator.env.filters |= FILTERS
    generator.env.globals |= {"article_data": article_data}


FILTERS = {
    "rfc822": format_datetime,
    "day": lambda d: f"{d:%Y-%m-%d}",
    "month_name": month_name,
    "clock": lambda d: f"{d:%H:%M}",
    "short": lambda d: f"{d:%b} {d.day}",
    "short_year": lambda d: f"{d:%b} {d.day}, {d.year}",
    "long": lambda d: f"{d:%B} {d.day}, {d.year}",
    "weekday": lambda d: f"{d:%A, %B} {d.day}",
    "full": lambda d: f"{d:%A, %B} {d.day}, {d.year}",
}


def prepare(generator):
    generator.env.filters |= FILTERS


def generators(pelican):
    """Signals hold their listeners weakly: this one has to have a name."""
    return Lists


def register():
    """Pelican's entry."""
    signals.article_generator_finalized.connect(fill)
    signals.generator_init.connect(prepare)
    signals.get_generators.connect(generators)
