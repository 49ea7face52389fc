import { base, byDay, crumbs, entry, esc, full, headlines, iso, lead, listData, monthName, monthsNav, rank, sections, site, weekday } from "../lib.js";
import { index } from "../index.js";

export const data = { pagination: { data: "collections.lists", size: 1, alias: "list", addAllPagesToCollections: false }, permalink: (d) => d.list.url, eleventyExcludeFromCollections: true };

export function render({ list }) {
  const names = list.slugs.map((s) => site.names[s]), home = [[site.title, "/"]];
  const above = [names[0], `/${list.axis}/${list.slugs[0]}/`];
  const way = list.month ? (names.length > 1 ? [...home, above, [names[1], list.base]] : [...home, above]) : names.length > 1 ? [...home, above] : home;
  const items = list.month ? list.items : list.items.slice(0, 60);
  const also = !list.month && list.axis === "region" && names.length === 1 ? index.also.get(list.slugs[0])?.slice(0, 12) ?? [] : [];
  const crosses = !list.month && list.axis === "region" && names.length === 1 ? site.categories.filter((c) => index.lists.has(`${list.name}/${c}`)) : [];
  const cross = names.length > 1, newest = !list.month && items.length ? iso(items[0].date) : "", first = newest ? rank(items)[0] : null;
  const rest = items.filter((i) => i !== first);
  let body;
  if (list.month) {
    body = byDay(items).map(([day, own]) => `<section class="band"><h2><time datetime="${day}">${weekday(own[0].date)}</time></h2>
<div class="flow">${own.map((i) => entry(i, { without: cross ? "both" : list.axis, day })).join("")}</div></section>`);
  } else if (!first) {
    body = ['<p class="empty">There is nothing here yet.</p>'];
  } else {
    const other = list.axis === "region" ? "category" : "region", key = other === "category" ? (i) => i.data.categories[0] : (i) => i.data.regions[0];
    const parts = cross
      ? byDay(rest).map(([day, own]) => [`<time datetime="${day}">${weekday(own[0].date)}</time>`, own, day])
      : sections(rest, key, other === "category" ? site.categories : site.regions).map(([slug, own]) => [`<a href="/${other}/${slug}/">${esc(site.names[slug])}</a>`, own, newest]);
    body = [lead(first, cross ? "both" : list.axis, newest), '<div class="subjects">', ...parts.map(([head, own, day]) => `<section><h2>${head}</h2>
${own.map((i) => entry(i, { without: "both", day, text: 180 })).join("")}</section>`), "</div>"];
  }
  const main = `<header class="top">
${crumbs(way)}

<h1>${esc(names.join(": "))}${list.month ? ` <small>${monthName(list.month)}</small>` : ""}</h1>
${first ? `<p class="day"><time datetime="${newest}">${full(items[0].date)}</time></p>` : ""}${crosses.length ? `<nav class="strip" aria-label="Narrower lists"><ul>${crosses.map((c) => `<li><a href="${list.base}${c}/">${esc(site.names[c])}</a></li>`).join("")}</ul></nav>` : ""}
</header>
${body.join("\n")}
${also.length ? `<section class="band also"><h2>Also concerning ${esc(names[0])}</h2>
<div class="flow">${also.map((i) => entry(i, { day: newest })).join("")}</div></section>` : ""}
${monthsNav(list, list.url)}
${list.month || cross ? "" : `<p class="feed"><a href="${list.base}feed.xml" type="application/atom+xml">Follow ${esc(names[0])} in a feed reader</a></p>`}`;
  const title = [...names, ...(list.month ? [monthName(list.month)] : [])].join(" – ");
  const feed = !list.month && names.length === 1 ? `${list.base}feed.xml` : "/feed.xml";
  return base({ url: list.url, title, feed, description: headlines(items) || site.tagline, data: listData(title, list.url, items, way), kind: list.month ? "archive" : "section", index: !cross || (!list.month && list.items.length > 2), main });
}
