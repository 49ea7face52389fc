// What pages share: escaping, dates, an entry on a list, the frame around every page.
import site from "./site.json" with { type: "json" };

export { site };
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
export const esc = (text) => text.replace(/[&<>"']/g, (c) => entities[c]);
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const two = (n) => String(n).padStart(2, "0");
export const clock = (d) => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
export const iso = (d) => d.toISOString().slice(0, 10);
export const long = (d) => `${months[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}`;
export const short = (d) => `${months[d.getUTCMonth()].slice(0, 3)} ${d.getUTCDate()}`;
export const shortYear = (d) => `${short(d)}, ${d.getUTCFullYear()}`;
export const weekday = (d) => `${weekdays[d.getUTCDay()]}, ${months[d.getUTCMonth()]} ${d.getUTCDate()}`;
export const full = (d) => `${weekday(d)}, ${d.getUTCFullYear()}`;
export const monthName = (month) => `${months[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
export const whole = (path) => site.base_url + path.slice(1);
export const dayPath = (d) => `/${iso(d).replaceAll("-", "/")}/`;

export function truncate(text, length) {
  if (text.length <= length + 5) return text;
  return text.slice(0, length - 1).replace(/ [^ ]*$/, "") + "…";
}

const regionLink = (slug) => `<a href="/region/${slug}/">${esc(site.names[slug])}</a>`;
const categoryLink = (slug) => `<a href="/category/${slug}/">${esc(site.names[slug])}</a>`;
export function labels(item, without = "") {
  return (without === "region" ? "" : regionLink(item.data.regions[0])) + (without ? "" : " ")
    + (without === "category" ? "" : categoryLink(item.data.categories[0]));
}
export const headline = (item) => `<a href="${item.url}">${esc(item.data.title)}</a>`;
// On the page's own day the time alone; in its year no year.
const when = (date, day) => (day === iso(date) ? clock(date) : `${(day.slice(0, 4) === iso(date).slice(0, 4) ? short : shortYear)(date)}, ${clock(date)}`);
export const meta = (item, day = "") =>
  `<p class="meta"><bdi>${esc(site.sources[item.data.source])}</bdi> <time datetime="${item.data.stamp}">${when(item.date, day)}</time></p>`;
export const standfirst = (item, length) => `<p class="standfirst">${esc(truncate(item.data.standfirst, length))}</p>`;
const kicker = (item, without) => (without === "both" ? "" : `<p class="kicker">${labels(item, without)}</p>`);
export const entry = (item, { without = "", day = "", text = 0, level = 3 } = {}) => `<article>${kicker(item, without)}
<h${level}>${headline(item)}</h${level}>
${text ? standfirst(item, text) : ""}${meta(item, day)}</article>`;
export const lead = (item, without, day, beside = "") => `<div class="lead">
<article>
${kicker(item, without)}
<h2>${headline(item)}</h2>
${standfirst(item, 320)}
${meta(item, day)}</article>${beside}
</div>`;
export const points = (items, day, here = "") => `<ol class="points">
${items.map((i) => `<li${i.data.id === here ? ' class="here"' : ""}><p>${i.data.id === here ? `<span aria-current="true">${esc(i.data.title)}</span>` : headline(i)}</p>
${meta(i, `${day.slice(0, 4)}-`)}</li>`).join("\n")}
</ol>`;
export const crumbs = (steps) => (steps.length < 2 ? "" : `<nav class="crumbs" aria-label="You are here"><ol>
${steps.map(([name, url]) => `<li><a href="${url}">${esc(name)}</a></li>`).join("\n")}
</ol></nav>`);
export const monthsNav = (list, current = "") => `<nav class="months" aria-labelledby="months"><h2 id="months">Archive</h2>
<ul>${list.months.map((m) => { const url = `${list.base}${m}/`; return `<li><a href="${url}"${url === current ? ' aria-current="page"' : ""}>${monthName(m)}</a></li>`; }).join("")}</ul></nav>`;

export function sections(pages, key, order) {
  const found = new Map(order.map((slug) => [slug, []]));
  for (const page of pages) found.get(key(page)).push(page);
  return [...found].filter(([, own]) => own.length);
}
export function byDay(pages) {
  const days = new Map();
  for (const page of pages) (days.get(iso(page.date)) ?? days.set(iso(page.date), []).get(iso(page.date))).push(page);
  return [...days];
}

const script = (data) => `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026")}</script>`;
export const publisher = { "@type": "NewsMediaOrganization", name: site.title, url: site.base_url, correctionsPolicy: whole("/corrections/") };
export const wayData = (way) => ({ "@type": "BreadcrumbList", itemListElement: way.map(([name, path], n) => ({ "@type": "ListItem", position: n + 1, name, item: whole(path) })) });
export const listData = (name, url, pages, way = null, more = {}) => ({
  "@context": "https://schema.org", "@type": "CollectionPage", name, url: whole(url),
  mainEntity: { "@type": "ItemList", itemListElement: pages.map((p, n) => ({ "@type": "ListItem", position: n + 1, url: whole(p.url) })) },
  ...(way ? { breadcrumb: wayData([...way, [name, url]]) } : {}), ...more,
});

// The first headlines, as many as a search engine shows.
export function headlines(items) {
  let said = "";
  for (const { data } of items) {
    const longer = said ? `${said} · ${data.title}` : data.title;
    if (said && longer.length > 160) break;
    said = longer;
  }
  return said;
}

// The best first: by subject, follow-ups, place on the wire and age. Items come newest first.
const dayNumber = (d) => Math.floor(d.getTime() / 86400000);
export function rank(items) {
  if (!items.length) return [];
  const members = new Map(), seen = new Set(), newest = dayNumber(items[0].date);
  for (const { data } of items) members.set(data.story, (members.get(data.story) ?? 0) + 1);
  const rows = items.map((item) => {
    const { story, categories, position } = item.data, older = seen.has(story);
    seen.add(story);
    const score = 4 * site.weights[categories[0]] + 1 / (1 + position / 10) - 3 * (newest - dayNumber(item.date)) + (older ? -2 : 0.8 * Math.min(3, members.get(story) - 1));
    return [Math.round(score * 1e6), item];
  });
  const ranked = rows.sort((a, b) => b[0] - a[0]).map(([, item]) => item);
  const first = ranked.find((i) => !site.never_lead.includes(i.data.categories[0])) ?? ranked[0];
  return [first, ...ranked.filter((i) => i !== first)];
}

const title = `<p class="title"><a href="/">${esc(site.title)}</a></p>`;
const masthead = (here, above = title) => `<header class="masthead centred">
${above}
<p class="tools"><button id="switch" type="button" title="Light or dark" aria-label="Light or dark"></button></p>
<nav class="regions" aria-label="Regions"><ul>
${site.regions.map((slug) => `<li><a href="/region/${slug}/"${here === `/region/${slug}/` ? ' aria-current="page"' : ""}>${esc(site.names[slug])}</a></li>`).join("\n")}
<li class="more"><a href="#sections">All sections</a></li>
</ul></nav>
</header>`;
const plainMasthead = masthead("");
const footer = `<footer id="sections">
<p class="title"><a href="/">${esc(site.title)}</a></p>
<nav class="index" aria-label="All sections">
<div><h2>Regions</h2><ul>
${site.regions.map((slug) => `<li>${regionLink(slug)}</li>`).join("\n")}
</ul></div>
<div class="wide"><h2>Subjects</h2><ul>
${site.categories.map((slug) => `<li>${categoryLink(slug)}</li>`).join("\n")}
</ul></div>
<div><h2>Service</h2><ul>
<li><a href="/corrections/">Corrections</a></li>
<li><a href="/feed.xml" type="application/atom+xml">Atom</a></li>
<li><a href="/rss.xml" type="application/rss+xml">RSS</a></li>
<li><a href="/feed.json" type="application/feed+json">JSON Feed</a></li>
</ul></div>
</nav>
<p class="imprint">${esc(site.title)}</p>
</footer>`;

export function base({ url, title, description = "", feed = "/feed.xml", type = "website", extra = "", data = null, kind = "plain", index = true, found = true, above = "", main }) {
  const t = esc(title), d = esc(description), u = whole(url);
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t}${url === "/" ? "" : ` – ${esc(site.title)}`}</title>
${d ? `<meta name="description" content="${d}">` : ""}${index ? "" : '<meta name="robots" content="noindex">'}${found ? `<link rel="canonical" href="${u}">` : ""}<link rel="stylesheet" href="${site.style.url}" integrity="${site.style.integrity}">
<link rel="icon" type="image/svg+xml" href="${site.icon}">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14130f">
<link rel="alternate" type="application/atom+xml" title="${esc(site.title)}" href="${feed}">
<link rel="manifest" href="/site.webmanifest">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="eleventy">
<meta property="og:site_name" content="${esc(site.title)}">
<meta property="og:type" content="${type}">
<meta property="og:title" content="${t}">
${d ? `<meta property="og:description" content="${d}">` : ""}${found ? `<meta property="og:url" content="${u}">` : ""}${extra}<meta name="twitter:card" content="summary">
${data ? script(data) : ""}<script>${site.switch}</script>
</head>
<body class="${kind}">
<a class="skip" href="#main">Skip to the news</a>
${above ? masthead("", above) : url.startsWith("/region/") ? masthead(url) : plainMasthead}
<main id="main">
${main}
</main>
${footer}
</body>
</html>
`;
}
