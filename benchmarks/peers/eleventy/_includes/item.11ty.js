import { base, clock, crumbs, entry, esc, iso, labels, long, points, publisher, site, wayData, whole } from "../lib.js";
import { index } from "../index.js";

export function render(data) {
  const { title, regions, categories, byline, source, stamp, standfirst, id, story, page, content } = data;
  const here = { url: page.url, date: page.date, data };
  const region = regions[0], url = whole(page.url);
  const way = [[site.title, "/"], [site.names[region], `/region/${region}/`]];
  const graph = {
    "@context": "https://schema.org",
    "@graph": [{
      "@type": "NewsArticle", "@id": url, mainEntityOfPage: url, identifier: id, headline: title, datePublished: stamp, dateModified: stamp, inLanguage: "en",
      articleSection: categories.map((c) => site.names[c]), publisher, author: { "@type": "Person", name: byline },
      about: categories.map((c) => ({ "@type": "Thing", identifier: site.iptc[c], name: site.names[c], sameAs: `http://cv.iptc.org/newscodes/mediatopic/${site.iptc[c].replace("medtop:", "")}` })), description: standfirst,
      wordCount: data.page.rawInput.split(/\s+/).length, sourceOrganization: [{ "@type": "NewsMediaOrganization", name: site.sources[source] }], creditText: site.credits[source],
    }, wayData([...way, [title, page.url]])],
  };
  const timeline = index.stories.get(story) ?? [], told = new Set([id, ...timeline.map((i) => i.data.id)]);
  const related = (index.near.get(`${iso(page.date)} ${region}`) ?? []).filter((i) => !told.has(i.data.id)).slice(0, 5);
  const main = `<article class="text">
<header class="top">
${crumbs(way)}

<p class="kicker">${labels(here, "region")}</p>
<h1>${esc(title)}</h1>
<p class="byline">
<span class="author">${esc(byline)}</span><span class="agency"><bdi>${esc(site.sources[source])}</bdi></span><time datetime="${stamp}">${long(page.date)}, ${clock(page.date)}</time>
</p>
</header>
<div class="body">
${content}
</div><footer class="small">
<p>${esc(site.credits[source])}</p></footer>
</article>${timeline.length ? `
<section class="aside" aria-labelledby="story"><h2 id="story"><a href="/story/${story}/">The story so far</a></h2>
${points(timeline.slice(0, 8), iso(page.date), id)}
</section>` : ""}${related.length ? `
<section class="related" aria-labelledby="related"><h2 id="related">From the same day and region</h2>
<div class="row">${related.map((i) => entry(i, { day: iso(page.date) })).join("")}</div></section>` : ""}`;
  return base({ url: page.url, title, description: standfirst, feed: `/region/${region}/feed.xml`, type: "article", data: graph, kind: "item", main,
    extra: `<meta property="article:published_time" content="${stamp}"><meta property="article:modified_time" content="${stamp}"><meta property="article:section" content="${esc(site.names[categories[0]])}">` });
}
