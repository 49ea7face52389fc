import { base, entry, listData, site } from "../lib.js";

export const data = { permalink: "/", eleventyExcludeFromCollections: true };

export function render({ collections }) {
  const items = collections.news.slice(0, 60);
  return base({ url: "/", title: site.title, description: site.tagline, data: listData(site.title, "/", items), kind: "front", main: `<div class="row">\n${items.map((i) => entry(i, { text: 160 })).join("")}\n</div>` });
}
