import { base, byDay, crumbs, entry, esc, full, listData, monthName, monthsNav, sections, shortYear, site, weekday } from "../lib.js";
import { index } from "../index.js";

export const data = { pagination: { data: "collections.lists", size: 1, alias: "list", addAllPagesToCollections: false }, permalink: (d) => d.list.url, eleventyExcludeFromCollections: true };

export function render({ list }) {
  const names = list.slugs.map((s) => site.names[s]), home = [[site.title, "/"]];
  const first = [names[0], `/${list.axis}/${list.slugs[0]}/`];
  const way = list.month ? (names.length > 1 ? [...home, first, [names[1], list.base]] : [...home, first]) : names.length > 1 ? [...home, first] : home;
  const items = list.month ? list.items : list.items.slice(0, 60);
  const also = !list.month && list.axis === "region" && names.length === 1 ? index.also.get(list.slugs[0])?.slice(0, 12) ?? [] : [];
  const crosses = !list.month && list.axis === "region" && names.length === 1 ? site.categories.filter((c) => index.lists.has(`${list.name}/${c}`)) : [];
  let body;
  if (list.month || names.length > 1) {
    body = byDay(items).map(([day, own]) => `<section class="band"><h2><time datetime="${day}">${(list.month ? weekday : full)(own[0].date)}</time></h2>
<div class="flow">${own.map((i) => entry(i, list.month ? {} : { day: shortYear, text: 180 })).join("")}</div></section>`);
  } else {
    const other = list.axis === "region" ? "category" : "region", key = other === "category" ? (i) => i.data.categories[0] : (i) => i.data.regions[0];
    body = sections(items, key, other === "category" ? site.categories : site.regions).map(([slug, own]) => `<section class="band"><h2><a href="/${other}/${slug}/">${esc(site.names[slug])}</a></h2>
<div class="flow">
${own.map((i) => entry(i, { without: other, day: shortYear, text: 180 })).join("")}
</div></section>`);
  }
  const main = `<header class="top">
${crumbs(way)}

<h1>${esc(names.join(": "))}${list.month ? ` <small>${monthName(list.month)}</small>` : ""}</h1>
${crosses.length ? `<nav class="strip" aria-label="Narrower lists"><ul>${crosses.map((c) => `<li><a href="${list.base}${c}/">${esc(site.names[c])}</a></li>`).join("")}</ul></nav>` : ""}
</header>
${body.join("\n")}
${also.length ? `<section class="band also"><h2>Also concerning ${esc(names[0])}</h2>
<div class="flow">${also.map((i) => entry(i, { day: shortYear })).join("")}</div></section>` : ""}
${monthsNav(list, list.url)}
${list.month ? "" : `<p class="feed"><a href="${names.length > 1 ? "" : `${list.base}feed.xml`}" type="application/atom+xml">Follow ${esc(names[0])} in a feed reader</a></p>`}`;
  const title = [...names, ...(list.month ? [monthName(list.month)] : [])].join(" – ");
  const feed = !list.month && names.length === 1 ? `${list.base}feed.xml` : "/feed.xml";
  return base({ url: list.url, title, feed, data: listData(title, list.url, items), kind: list.month ? "archive" : "section", index: names.length === 1, main });
}
