"""All page kinds. A new kind of page is a module here and a line in `KINDS`."""

from digest.site.kinds.alias import Alias
from digest.site.kinds.archive import Archive
from digest.site.kinds.corrections import Corrections
from digest.site.kinds.edition import Edition
from digest.site.kinds.feeds import Feed
from digest.site.kinds.front import Front
from digest.site.kinds.gone import Gone
from digest.site.kinds.host_rules import HostRules
from digest.site.kinds.item import Item
from digest.site.kinds.kind import PageKind
from digest.site.kinds.month import Month
from digest.site.kinds.search import Search
from digest.site.kinds.section import Section
from digest.site.kinds.site_files import Manifest, NotFound, Robots, Security
from digest.site.kinds.sitemaps import NewsSitemap, Sitemap, SitemapIndex
from digest.site.kinds.story import Story

_ALL: tuple[PageKind, ...] = (
    Item(),
    Gone(),
    Alias(),
    Story(),
    Edition(),
    Month(),
    Archive(),
    Section(),
    Corrections(),
    Front(),
    Search(),
    NotFound(),
    Feed("atom", "feed.xml", "atom.xml"),
    Feed("rss", "rss.xml", "rss.xml"),
    Feed("json", "feed.json", "feed.json"),
    Sitemap(),
    SitemapIndex(),
    NewsSitemap(),
    Robots(),
    Manifest(),
    Security(),
    HostRules("_redirects"),
    HostRules("_headers"),
    HostRules(".htaccess"),
)

KINDS: dict[str, PageKind] = {kind.name: kind for kind in _ALL}
"""By name, in the order in which their files are put in place: pages before the lists and feeds that name them."""
