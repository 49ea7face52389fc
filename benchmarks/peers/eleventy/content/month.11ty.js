import { base, iso, monthName, site } from "../lib.js";
import { index } from "../index.js";

export const data = { pagination: { data: "collections.months", size: 1, alias: "month", addAllPagesToCollections: false }, permalink: (d) => `/${d.month.month}/`, eleventyExcludeFromCollections: true };
const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export function render({ month, page }) {
  const [year, number] = month.month.split("/").map(Number), first = new Date(Date.UTC(year, number - 1, 1)), rows = [];
  const start = new Date(first), beside = (n) => { const d = new Date(Date.UTC(year, number - 1 + n, 1)); return iso(d).slice(0, 7).replace("-", "/"); };
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7));
  for (const day = start; day.getUTCMonth() === number - 1 || day <= first;) {
    const cells = [];
    for (let n = 0; n < 7; n++, day.setUTCDate(day.getUTCDate() + 1)) {
      const own = index.editions.get(iso(day)), time = `<time datetime="${iso(day)}">${day.getUTCDate()}</time>`;
      cells.push(day.getUTCMonth() !== number - 1 ? '<td class="outside"></td>' : own ? `<td><a href="/${iso(day).replaceAll("-", "/")}/">${time} <small>${own.length}</small></a></td>` : `<td>${time}</td>`);
    }
    rows.push(`<tr>\n${cells.join("\n")}\n</tr>`);
  }
  const title = monthName(month.month), [earlier, later] = [beside(-1), beside(1)];
  const main = `<header class="top">
<h1>${title}</h1>
</header>
<table>
<caption>Editions of ${title}, each with the number of its entries</caption>
<thead><tr>${names.map((n) => `<th scope="col"><abbr title="${n}">${n.slice(0, 3)}</abbr></th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<nav class="pager" aria-label="Other months">
${index.months.has(earlier) ? `<a rel="prev" href="/${earlier}/">The month before</a>` : ""}
${index.months.has(later) ? `<a rel="next" href="/${later}/">The month after</a>` : ""}
</nav>`;
  return base({ url: page.url, title, description: site.tagline, kind: "month", main });
}
