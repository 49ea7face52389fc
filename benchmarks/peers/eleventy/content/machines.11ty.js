// All that stands once: feeds of the whole site, sitemaps, robots.txt.
import { byDay, esc, site, whole } from "../lib.js";
import { index } from "../index.js";
import { atom } from "./atom.11ty.js";

const head = '<?xml version="1.0" encoding="utf-8"?>';
const line = (path, time) => `  <url><loc>${whole(path)}</loc>${time ? `<lastmod>${time}</lastmod>` : ""}</url>`;
const urlset = (lines) => `${head}\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join("\n")}\n</urlset>\n`;
const newest = () => index.all.slice(0, 60);

const rss = () => `${head}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
  <title>${esc(site.title)}</title>
  <link>${site.base_url}</link>
  <description>${esc(site.tagline)}</description>
  <language>en</language>
  <generator>eleventy</generator>
  <docs>https://www.rssboard.org/rss-specification</docs>
  <atom:link rel="self" type="application/rss+xml" href="${whole("/rss.xml")}"/>
${newest().map((i) => `  <item>
    <title>${esc(i.data.title)}</title>
    <link>${whole(i.url)}</link>
    <guid isPermaLink="false">tag:corpus.example,2026:${i.data.id}</guid>
    <pubDate>${i.date.toUTCString().replace("GMT", "+0000")}</pubDate>
    <dc:creator>${esc(i.data.byline)}</dc:creator>
${[...i.data.regions, ...i.data.categories].map((s) => `    <category>${esc(site.names[s])}</category>`).join("\n")}
    <description>${esc(i.data.standfirst)}</description>
  </item>`).join("\n")}
</channel>
</rss>
`;
const json = () => JSON.stringify({
  version: "https://jsonfeed.org/version/1.1", title: site.title, home_page_url: site.base_url, feed_url: whole("/feed.json"), description: site.tagline, authors: [{ name: site.title }], language: "en",
  items: newest().map((i) => ({ id: `tag:corpus.example,2026:${i.data.id}`, url: whole(i.url), title: i.data.title, content_text: i.data.standfirst, summary: i.data.standfirst, date_published: i.data.stamp, date_modified: i.data.stamp, authors: [{ name: i.data.byline }], tags: [...i.data.regions, ...i.data.categories] })),
}, null, 2);
const news = () => `${head}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${index.all.filter((i) => i.date > new Date(site.news_since)).slice(0, 1000).map((i) => `  <url>
    <loc>${whole(i.url)}</loc>
    <news:news>
      <news:publication><news:name>${esc(site.title)}</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>${i.data.stamp}</news:publication_date>
      <news:title>${esc(i.data.title)}</news:title>
    </news:news>
  </url>`).join("\n")}
</urlset>
`;
const ofMonth = (month) => {
  const own = index.months.get(month), stories = [...index.stories].filter(([, items]) => items[0].data.stamp.startsWith(month.replace("/", "-")));
  return urlset([...stories.map(([slug, items]) => line(`/story/${slug}/`, items[0].data.stamp)), ...byDay(own).map(([day]) => line(`/${day.replaceAll("-", "/")}/`, day)), ...own.map((i) => line(i.url, i.data.stamp))]);
};
const manifest = () => JSON.stringify({
  name: site.title, short_name: site.title, description: site.tagline, lang: "en", dir: "ltr", id: "/", start_url: "/", scope: "/", display: "minimal-ui", icons: [{ src: site.icon, sizes: "any", type: "image/svg+xml" }],
}, null, 2);
const files = [
  { url: "/site.webmanifest", make: manifest },
  { url: "/feed.xml", make: () => atom("all", site.title, "/feed.xml", "/", newest()) },
  { url: "/rss.xml", make: rss },
  { url: "/feed.json", make: json },
  { url: "/news-sitemap.xml", make: news },
  { url: "/sitemap.xml", make: () => `${head}\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${["lists", ...site.months.map((m) => m.replace("/", "-"))].map((n) => `  <sitemap><loc>${whole(`/sitemaps/${n}.xml`)}</loc></sitemap>`).join("\n")}\n</sitemapindex>\n` },
  { url: "/sitemaps/lists.xml", make: () => urlset(["/", ...site.regions.map((s) => `/region/${s}/`), ...site.categories.map((s) => `/category/${s}/`), "/corrections/"].map((p) => line(p))) },
  { url: "/robots.txt", make: () => `User-agent: *\nAllow: /\n\nSitemap: ${whole("/sitemap.xml")}\n` },
  ...site.months.map((m) => ({ url: `/sitemaps/${m.replace("/", "-")}.xml`, make: () => ofMonth(m) })),
];
export const data = { files, pagination: { data: "files", size: 1, alias: "one", addAllPagesToCollections: false }, permalink: (d) => d.one.url, eleventyExcludeFromCollections: true, eleventyImport: { collections: ["news", "lists", "months"] } };
export const render = ({ one }) => one.make();
