import { base, entry, esc, full, iso, lead, listData, points, publisher, rank, site } from "../lib.js";

export const data = { permalink: "/", eleventyExcludeFromCollections: true };

// Each item in one place: `take` the first of what is wanted, and keep what is left.
function arrange(items) {
  const ranked = rank(items), [best] = ranked;
  let left = ranked.slice(1);
  const take = (number, wanted) => { const taken = wanted.slice(0, number); left = left.filter((i) => !taken.includes(i)); return taken; };
  const timeline = take(4, left.filter((i) => i.data.story === best.data.story).sort((a, b) => b.date - a.date)), second = take(4, left);
  const rail = take(8, left.filter((i) => i.data.categories[0] === "sport")), read = take(4, left), columns = [];
  for (const slug of site.regions) {
    const again = ranked.find((i) => i.data.regions[0] === slug);
    if (!again) continue;
    const own = take(5, left.filter((i) => i.data.regions[0] === slug));
    columns.push([slug, own.length ? own : [again]]);
  }
  return { best, timeline, second, rail, read, columns, rest: left, ranked };
}

// Regions with little to say share a cell.
function cellsOf(columns) {
  const cells = [];
  let small = [], size = 0;
  for (const column of columns) {
    const own = column[1].length;
    if (own > 2) { cells.push([column]); continue; }
    if (size + own > 4) { cells.push(small); small = []; size = 0; }
    small.push(column); size += own + 1;
  }
  return small.length ? [...cells, small] : cells;
}

export function render({ collections }) {
  const items = collections.news.slice(0, 60), { best, timeline, second, rail, read, columns, rest, ranked } = arrange(items);
  const day = iso(items[0].date), edition = `/${day.replaceAll("-", "/")}/`, found = new Set(items.map((i) => i.data.categories[0]));
  const beside = timeline.length ? `
<section aria-labelledby="story"><h3 id="story"><a href="/story/${best.data.story}/">The story so far</a></h3>${points(timeline, day)}</section>` : "";
  const column = ([slug, own]) => `<section><h2><a href="/region/${slug}/">${esc(site.names[slug])}</a></h2>
${own.map((i) => entry(i, { without: "region", day })).join("")}
</section>`;
  const main = `${lead(best, "", day, beside)}
<div class="row second">
${second.map((i) => entry(i, { day, text: 170, level: 2 })).join("")}</div>
<section class="read" aria-labelledby="read"><h2 id="read">To read</h2>
<div class="row">
${read.map((i) => entry(i, { day, text: 260 })).join("")}</div></section>
<div class="cells">
${cellsOf(columns).map((cell) => `<div>\n${cell.map(column).join("\n")}\n</div>`).join("\n")}
${rail.length ? `<section class="rail"><h2><a href="/category/sport/">${esc(site.names.sport)}</a></h2>
<div class="flow">${rail.map((i) => entry(i, { without: "category", day })).join("")}</div></section>` : ""}
</div>
${rest.length ? `<section class="rest" aria-labelledby="rest"><h2 id="rest">In brief</h2>
<div class="flow">${rest.map((i) => entry(i, { day })).join("")}</div></section>` : ""}
<nav class="strip" aria-label="Subjects"><ul>
${site.categories.filter((c) => found.has(c)).map((c) => `<li><a href="/category/${c}/">${esc(site.names[c])}</a></li>`).join("")}
</ul>
<p><a href="${edition}">The whole edition of the day</a></p></nav>`;
  const above = `<p class="ear"><a href="${edition}"><time datetime="${day}">${full(items[0].date)}</time></a></p><h1 class="title">${esc(site.title)}</h1>
<p class="tagline">${esc(site.tagline)}</p>`;
  const part = { isPartOf: { "@type": "WebSite", "@id": `${site.base_url}#site`, url: site.base_url, name: site.title, inLanguage: "en", publisher, description: site.tagline } };
  return base({ url: "/", title: site.title, description: site.tagline, data: listData(site.title, "/", ranked, null, part), kind: "front", above, main });
}
