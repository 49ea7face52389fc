import { base, crumbs, esc, full, headline, headlines, labels, listData, meta, monthName, rank, sections, site, standfirst } from "../lib.js";

export const data = { pagination: { data: "collections.editions", size: 1, alias: "edition", addAllPagesToCollections: false }, permalink: (d) => `/${d.edition.day.replaceAll("-", "/")}/`, eleventyExcludeFromCollections: true };

export function render({ edition, page }) {
  const month = edition.day.slice(0, 7).replace("-", "/"), title = full(edition.items[0].date);
  const ranked = rank(edition.items), parts = sections(ranked, (i) => i.data.regions[0], site.regions);
  const way = [[site.title, "/"], [monthName(month), `/${month}/`]];
  const main = `<header class="top">
${crumbs(way)}

<h1><time datetime="${edition.day}">${title}</time></h1>
${parts.length > 1 ? `<nav class="strip" aria-label="In this edition"><ul>${parts.map(([slug]) => `<li><a href="#in-${slug}">${esc(site.names[slug])}</a></li>`).join("")}</ul></nav>` : ""}
</header>
${parts.map(([slug, own]) => `<section class="band" id="in-${slug}"><h2><a href="/region/${slug}/">${esc(site.names[slug])}</a></h2>
<div class="flow">
${own.map((i) => `<article id="${i.data.id}"><p class="kicker">${labels(i, "region")}</p>
<h3>${headline(i)}</h3>
${standfirst(i, 180)}${meta(i, edition.day)}</article>`).join("\n")}
</div></section>`).join("\n")}`;
  return base({ url: page.url, title, description: headlines(ranked), data: listData(title, page.url, ranked, way), kind: "edition", main });
}
