"""Page kinds and their templates. Every theme has all of these templates, its own or inherited."""

from collections.abc import Mapping

KINDS: Mapping[str, tuple[str, ...]] = {
    "front": ("front.html",),
    "item": ("item.html",),
    "edition": ("edition.html",),
    "month": ("month.html",),
    "section": ("section.html",),
    "archive": ("archive.html",),
    "story": ("story.html",),
    "corrections": ("corrections.html",),
    "search": ("search.html",),
    "gone": ("gone.html",),
    "alias": ("alias.html",),
    "not-found": ("404.html",),
    "feed": ("atom.xml", "rss.xml", "feed.json"),
    "sitemap": ("sitemap.xml", "sitemap-index.xml"),
    "news-sitemap": ("news-sitemap.xml",),
    "robots": ("robots.txt",),
    "manifest": ("site.webmanifest",),
    "security": ("security.txt",),
    "rules": ("redirects.txt", "headers.txt", "htaccess.txt"),
}

TEMPLATES: tuple[str, ...] = tuple(name for names in KINDS.values() for name in names)
