// Updates the page in place: scroll position, focus, open details and typed text stay.

import { STYLESHEETS, addStylesheets, isPreviewElement } from "./assets.js";

let running = null;
let isStale = false;

/** Fetches this page and morphs the document into it. Calls during a refresh cause one more refresh after it. */
export function refreshPage() {
  isStale = true;
  running ??= refreshWhileStale().finally(() => { running = null; });
  return running;
}

/** Shows the page at its new address, without a reload. */
export function followMove(path) {
  history.replaceState(history.state, "", path + location.search + location.hash);
  return refreshPage();
}

async function refreshWhileStale() {
  while (isStale) {
    isStale = false;
    await refreshOnce();
  }
}

async function refreshOnce() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (response.redirected) {
    location.replace(response.url);
    return;
  }
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (scriptsOf(document) !== scriptsOf(next)) {
    location.reload();
    return;
  }
  const unused = await addStylesheets(next);
  for (const name of ["lang", "dir"]) copyAttribute(next.documentElement, document.documentElement, name);
  Idiomorph.morph(document.body, next.body, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks: CALLBACKS });
  replaceHead(next);
  for (const stylesheet of unused) stylesheet.remove();
  document.dispatchEvent(new CustomEvent("digest:refreshed"));
}

// Keep the preview's own elements, and the state of controls that the user has changed.
const CALLBACKS = {
  beforeNodeRemoved: (node) => !isPreviewElement(node),
  beforeNodeMorphed: (node) => !isPreviewElement(node),
  beforeAttributeUpdated: (name, node) => {
    if (name === "open") return !(node instanceof HTMLDetailsElement || node instanceof HTMLDialogElement);
    if (name === "value") return node.value === node.defaultValue;
    return name === "checked" ? node.checked === node.defaultChecked : true;
  },
};

/** The scripts of a page, as one string to compare. A script that has run cannot be undone, so a change needs a reload. */
function scriptsOf(page) {
  return Array.from(page.scripts)
    .filter((script) => !isPreviewElement(script) && !/json/.test(script.type))
    .map((script) => script.src ? new URL(script.getAttribute("src"), location.href).href : script.textContent)
    .join("\n");
}

function replaceHead(next) {
  const elementsOf = (page) => Array.from(page.head.children)
    .filter((node) => !isPreviewElement(node) && !node.matches(`script, style, ${STYLESHEETS}`));
  for (const node of elementsOf(document)) node.remove();
  document.head.prepend(...elementsOf(next).map((node) => document.importNode(node, true)));
}

function copyAttribute(from, to, name) {
  if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
  else to.removeAttribute(name);
}
