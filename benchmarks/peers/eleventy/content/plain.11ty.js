import { base, site } from "../lib.js";

const pages = [
  { url: "/404.html", index: false, found: false, title: "There is no page here", text: '<p class="about">The address may be mistyped, or the page may have moved. The sections below lead to everything that is published.</p></header>\n<p><a href="/">To the front page</a></p>' },
  { url: "/corrections/", description: site.tagline, title: "Corrections", text: `<p class="about">When ${site.title} gets something wrong, it says so here and on the page itself. The newest correction comes first.</p></header>\n<p class="empty">Nothing has had to be corrected so far.</p>` },
];
export const data = { pages, pagination: { data: "pages", size: 1, alias: "one", addAllPagesToCollections: false }, permalink: (d) => d.one.url, eleventyExcludeFromCollections: true };
export const render = ({ one }) => base({ ...one, main: `<header class="top"><h1>${one.title}</h1>\n${one.text}` });
