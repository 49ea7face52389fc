// The site's index, made once a build: lists, stories, editions, months, and what stands near an article.
import { site, iso } from "./lib.js";

export const index = { lists: new Map(), also: new Map(), stories: new Map(), editions: new Map(), near: new Map(), months: new Map(), all: [] };

const put = (map, key, item) => { const own = map.get(key); if (own) own.push(item); else map.set(key, [item]); };

export function fill(items) {
  for (const map of Object.values(index)) if (map instanceof Map) map.clear();
  index.all = items;
  for (const item of items) {
    const { regions, categories, story, id } = item.data;
    const day = iso(item.date), month = day.slice(0, 7).replace("-", "/");
    const names = [`region/${regions[0]}`];
    for (const category of categories) names.push(`category/${category}`, `region/${regions[0]}/${category}`);
    for (const name of names) { put(index.lists, name, item); put(index.lists, `${name}/${month}`, item); }
    for (const other of regions.slice(1)) put(index.also, other, item);
    put(index.stories, story, item);
    put(index.editions, day, item);
    put(index.near, `${day} ${regions[0]}`, item);
    put(index.months, month, item);
  }
  for (const slug of site.regions) if (!index.lists.has(`region/${slug}`)) index.lists.set(`region/${slug}`, []);
  for (const slug of site.categories) if (!index.lists.has(`category/${slug}`)) index.lists.set(`category/${slug}`, []);
  for (const [slug, own] of [...index.stories]) if (own.length < 2) index.stories.delete(slug);
}

export function allLists() {
  const months = [...index.months.keys()].sort().reverse(), found = [];
  for (const [name, items] of index.lists) {
    const parts = name.split("/"), dated = /^\d+$/.test(parts.at(-1));
    const slugs = parts.slice(1, dated ? -2 : undefined), list = [parts[0], ...slugs].join("/");
    found.push({ name, list, axis: parts[0], slugs, month: dated ? parts.slice(-2).join("/") : "", items, url: `/${name}/`, base: `/${list}/`,
      months: months.filter((m) => index.lists.has(`${list}/${m}`)) });
  }
  return found;
}
