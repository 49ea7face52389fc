"""Page kinds: one module a kind, which maps entries to groups and groups to pages and views.

To add a page kind, write a module here and add it to `_ALL`. Page kinds never open a file and never read the clock;
`KINDS` is the only public name.
"""

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
"""Page kinds by name, in publishing order: pages come before the lists and feeds that link to them."""
