// The headlines of the page that is shown. The page itself is never touched: it is only looked at.

import { tell } from "./api.js";

const HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]";
const WORDS = "li p, li > span, dt, article p > span, article p > b";
const ENTRY = /\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/;
const EDITION = /\/\d{4}\/\d\d\/\d\d\/$/;
const MOST = 1500;

/** Headlines in the order of the page: `{ element, id, digest, title, lead }`. */
export let headlines = [];

/** Looks at the page again, and asks which entries its headlines are. Gives the way back, too. */
export async function look() {
  const seen = sights().slice(0, MOST);
  const said = await tell("locate", { here: location.pathname, sights: seen.map(({ href, id, text }) => ({ href, id, text })) });
  headlines = seen.map(({ element }, n) => ({ element, ...said.found[n] })).filter((one) => one.id);
  return said;
}

/** The headline at an element or around it. */
export const headlineAt = (node) => headlines.find(({ element }) => element.contains(node))
  ?? headlines.find(({ element }) => block(element)?.contains(node) && headlinesIn(block(element)) === 1);

/** What a headline and its summary stand in. */
export const block = (element) => element.closest("article, li, section");

const headlinesIn = (box) => headlines.filter(({ element }) => box.contains(element)).length;

function sights() {
  const found = new Map();
  for (const heading of document.body.querySelectorAll(HEADINGS)) {
    if (ours(heading)) continue;
    const link = [...heading.querySelectorAll("a[href]")].find(leads);
    add(found, heading, link);
  }
  for (const link of document.body.querySelectorAll("a[href]")) {
    if (!ours(link) && leads(link) && link.textContent.trim().length > 3 && !link.closest(HEADINGS)) add(found, link, link);
  }
  for (const words of document.body.querySelectorAll(WORDS)) {
    if (!ours(words) && !words.querySelector("a[href], p") && words.textContent.trim().length > 11) add(found, words, null);
  }
  return [...found.values()].sort((a, b) => a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
}

function add(found, element, link) {
  if ([...found.keys()].some((other) => other !== element && other.contains(element) && other.matches(HEADINGS))) return;
  const named = element.closest("article[id], li[id], section[id], div[id]") ?? element;
  const text = element.textContent.replace(/\s+/g, " ").trim().slice(0, 1000);
  found.set(element, { element, href: link?.getAttribute("href").slice(0, 1900) ?? "", id: named.id.slice(0, 200), text });
}

/** Whether a link may lead to an entry: its page, its place in an edition, or the original. */
function leads(link) {
  if (link.closest("nav, [role=navigation]") || link.rel.split(" ").some((one) => one === "author" || one === "tag")) return false;
  const there = new URL(link.href, location.href);
  if (there.origin !== location.origin) return /^https?:$/.test(there.protocol);
  return ENTRY.test(there.pathname) || there.hash.length > 1 && EDITION.test(there.pathname) && there.pathname !== location.pathname;
}

const ours = (node) => Boolean(node.closest("[data-digest-desk]")) || node.getRootNode() !== document;
