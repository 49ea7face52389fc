"""The plug-in: an index of the articles, and every page that is no article."""

import calendar
import json
from collections import defaultdict
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


def list_data(site, name, url, pages):
    items = [{"@type": "ListItem", "position": n, "url": site["base_url"] + p.url} for n, p in enumerate(pages, 1)]
    return script({"@context": "https://schema.org", "@type": "CollectionPage", "name": name,
                   "url": site["base_url"] + url, "mainEntity": {"@type": "ItemList", "itemListElement": items}})


def article_data(site, a):
    url, region = site["base_url"] + a.url, a.regions[0]
    publisher = {"@type": "NewsMediaOrganization", "name": site["title"], "url": site["base_url"]}
    way = [(site["title"], ""), (site["names"][region], f"region/{region}/"), (a.title, a.url)]
    return script({"@context": "https://schema.org", "@graph": [
        {"@type": "NewsArticle", "@id": url, "mainEntityOfPage": url, "identifier": a.id, "headline": a.title,
         "datePublished": a.stamp, "dateModified": a.stamp, "inLanguage": "en",
         "articleSection": [site["names"][c] for c in a.categories], "publisher": publisher,
         "author": {"@type": "Person", "name": a.byline},
         "about": [{"@type": "Thing", "identifier": site["iptc"][c], "name": site["names"][c]} for c in a.categories],
         "description": a.standfirst, "wordCount": len(a._content.split()),
         "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": site["sources"][a.source]}]},
        {"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": site["base_url"] + path}
            for n, (name, path) in enumerate(way, 1)]}]})


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
            data = list_data(self.site, own[0].title, f"story/{slug}/", own)
            self._page("story", f"story/{slug}/", title=own[0].title, cards=own, data=data)
        for day, own in self.index.editions.items():
            url, title = f"{day.replace('-', '/')}/", f"{own[0].date:%A, %B} {own[0].date.day}, {own[0].date.year}"
            parts = sections(own, "regions", self.site["regions"])
            data = list_data(self.site, title, url, own)
            self._page("edition", url, title=title, day=day, parts=parts, data=data, month=day[:7].replace("-", "/"))
        for month in months:
            year, number = map(int, month.split("/"))
            weeks = [[d if d.month == number else None for d in w] for w in calendar.Calendar().monthdatescalendar(year, number)]
            beside = [f"{date(year + (number + n - 1) // 12, (number + n - 1) % 12 + 1, 1):%Y/%m}" for n in (-1, 1)]
            counts = {d: len(o) for d, o in self.index.editions.items()}
            self._page("month", f"{month}/", title=month_name(month), weeks=weeks, counts=counts,
                       beside=[m if m in self.index.months else "" for m in beside])
        newest = self.index.articles[:60]
        self._page("home", "", title=self.site["title"], cards=newest, data=list_data(self.site, self.site["title"], "", newest))
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
        title = " – ".join([*names, *([month_name(month)] if dated else [])])
        self._page(
            "list", f"{name}/", title=title, names=names, slugs=slugs, axis=parts[0], list=base, month=month, cards=cards,
            days=by_day(cards), also=self.index.also.get(slugs[0], ())[:12] if first else (),
            crosses=[c for c in self.site["categories"] if f"{name}/{c}" in self.index.lists] if first else (),
            months=[m for m in months if f"{base}/{m}" in self.index.lists],
            data=list_data(self.site, title, f"{name}/", cards),
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
    "sections": sections,
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
