// Finds the headlines on the page and asks the preview which entries they belong to. Only reads the page.

import { post } from "./api.js";

const HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]";
const UNLINKED_TEXTS = "li p, li > span, dt, article p > span, article p > b";
const ITEM_PATH = /\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/;
const EDITION_PATH = /\/\d{4}\/\d\d\/\d\d\/$/;
const MAX_HEADLINES = 1500;

/** Headlines of entries, in page order: `{ element, id, digest, title, lead }`. */
export let headlines = [];

/** Finds the headlines again. Returns the last change, which undo would revert. */
export async function locateHeadlines() {
  const candidates = findCandidates().slice(0, MAX_HEADLINES);
  const request = { page_path: location.pathname, headlines: candidates.map(({ href, id, text }) => ({ href, id, text })) };
  const response = await post("locate", request);
  headlines = candidates.map(({ element }, n) => ({ element, ...response.entries[n] })).filter((headline) => headline.id);
  return response.last_change;
}

/** The headlines in page order, the first one of each entry. */
export const uniqueHeadlines = () => headlines.filter((one, n) => headlines.findIndex((other) => other.id === one.id) === n);

/** The headline at an element or around it, or the only one in the block of the element. */
export const headlineAt = (node) => headlines.find(({ element }) => element.contains(node))
  ?? headlines.find(({ element }) => blockOf(element)?.contains(node) && countIn(blockOf(element)) === 1);

/** The element that contains a headline and its summary. */
export const blockOf = (element) => element.closest("article, li, section");

/** The rectangle of a headline's article or list item, else that of the headline itself. */
export function boundsOf(element) {
  const block = blockOf(element);
  return (block?.matches("article, li") ? block : element).getBoundingClientRect();
}

const countIn = (block) => headlines.filter(({ element }) => block.contains(element)).length;

function findCandidates() {
  const candidates = new Map();
  for (const heading of document.body.querySelectorAll(HEADINGS)) {
    if (isDeskElement(heading)) continue;
    const link = [...heading.querySelectorAll("a[href]")].find(mayLeadToEntry);
    add(candidates, heading, link);
  }
  for (const link of document.body.querySelectorAll("a[href]")) {
    if (!isDeskElement(link) && mayLeadToEntry(link) && link.textContent.trim().length > 3 && !link.closest(HEADINGS)) add(candidates, link, link);
  }
  for (const text of document.body.querySelectorAll(UNLINKED_TEXTS)) {
    if (!isDeskElement(text) && !text.querySelector("a[href], p") && text.textContent.trim().length > 11) add(candidates, text, null);
  }
  return [...candidates.values()].sort((a, b) => a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
}

function add(candidates, element, link) {
  if ([...candidates.keys()].some((other) => other !== element && other.contains(element) && other.matches(HEADINGS))) return;
  const withId = element.closest("article[id], li[id], section[id], div[id]") ?? element;
  const text = element.textContent.replace(/\s+/g, " ").trim().slice(0, 1000);
  candidates.set(element, { element, href: link?.getAttribute("href").slice(0, 1900) ?? "", id: withId.id.slice(0, 200), text });
}

/** Whether a link may lead to an entry: to its page, to its place in an edition, or to the original on another site. */
function mayLeadToEntry(link) {
  if (link.closest("nav, [role=navigation]") || link.rel.split(" ").some((rel) => rel === "author" || rel === "tag")) return false;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin) return /^https?:$/.test(url.protocol);
  return ITEM_PATH.test(url.pathname) || url.hash.length > 1 && EDITION_PATH.test(url.pathname) && url.pathname !== location.pathname;
}

const isDeskElement = (node) => Boolean(node.closest("[data-digest-desk]")) || node.getRootNode() !== document;
