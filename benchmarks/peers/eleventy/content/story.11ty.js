import { base, crumbs, entry, esc, headline, iso, labels, listData, long, meta, site, standfirst, weekday } from "../lib.js";

export const data = { pagination: { data: "collections.stories", size: 1, alias: "story", addAllPagesToCollections: false }, permalink: (d) => `/story/${d.story.slug}/`, eleventyExcludeFromCollections: true };

export function render({ story, page }) {
  const [lead, ...rest] = story.items, region = lead.data.regions[0];
  const way = [[site.title, "/"], [site.names[region], `/region/${region}/`]];
  let day = "";
  const main = `<header class="top">
${crumbs(way)}

<p class="kicker">${labels(lead, "region")}</p>
<h1>${headline(lead)}</h1>
${standfirst(lead, 400)}
${meta(lead)}
<p class="about">${story.items.length} entries since ${long(story.items.at(-1).date)}</p>
</header>
<section aria-labelledby="before">
<h2 id="before">What came before</h2>
<ol class="timeline">
${rest.map((i) => { const its = iso(i.date), head = its === day ? "" : `<p class="day"><time datetime="${its}">${weekday(i.date)}</time></p>`; day = its; return `<li>
${head}${entry(i, { without: "both", day: its, text: 320 })}
</li>`; }).join("\n")}
</ol>
</section>`;
  return base({ url: page.url, title: lead.data.title, description: lead.data.standfirst, data: listData(lead.data.title, page.url, story.items, way), kind: "story", main });
}
