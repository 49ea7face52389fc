import { esc, site, whole } from "../lib.js";

export const data = { pagination: { data: "collections.feeds", size: 1, alias: "feed", addAllPagesToCollections: false }, permalink: (d) => `/${d.feed.name}/feed.xml`, eleventyExcludeFromCollections: true };

const category = (slug, axis) => `    <category term="${slug}" scheme="${whole(`/${axis}/`)}" label="${esc(site.names[slug])}"/>`;
export const atom = (key, title, self, home, items) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="${site.base_url}">
  <id>tag:corpus.example,2026:feed:${key}</id>
  <title>${esc(title)}</title>
  <subtitle>${esc(site.tagline)}</subtitle>
  <updated>${items[0]?.data.stamp ?? "1970-01-01T00:00:00+00:00"}</updated>
  <link rel="self" type="application/atom+xml" href="${whole(self)}"/>
  <link rel="alternate" type="text/html" href="${whole(home)}"/>
  <author><name>${esc(site.title)}</name></author>
  <generator>eleventy</generator>
${items.map((i) => `  <entry>
    <id>tag:corpus.example,2026:${i.data.id}</id>
    <title>${esc(i.data.title)}</title>
    <link rel="alternate" type="text/html" href="${whole(i.url)}"/>
    <published>${i.data.stamp}</published>
    <updated>${i.data.stamp}</updated>
    <author><name>${esc(i.data.byline)}</name></author>
${[...i.data.regions.map((r) => category(r, "region")), ...i.data.categories.map((c) => category(c, "category"))].join("\n")}
    <summary type="text">${esc(i.data.standfirst)}</summary>
  </entry>`).join("\n")}
</feed>
`;
export function render({ feed }) {
  const [axis, slug] = feed.name.split("/");
  return atom(feed.name, `${site.title} – ${site.names[slug]}`, `/${feed.name}/feed.xml`, `/${axis}/${slug}/`, feed.items.slice(0, 60));
}
