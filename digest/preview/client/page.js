// Brings the page that is shown up to date, in place: scroll, focus, open details and what was typed stay.

import { OURS, SHEET, dress } from "./files.js";

let running = null;
let again = false;

/** Fetches this page and morphs what is shown into it. Calls that come meanwhile are one more round at the end. */
export function refresh() {
  again = true;
  running ??= rounds().finally(() => { running = null; });
  return running;
}

/** Shows the page of another address in place of this one. */
export function follow(path) {
  history.replaceState(history.state, "", path + location.search + location.hash);
  return refresh();
}

async function rounds() {
  while (again) {
    again = false;
    await round();
  }
}

async function round() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) {
    location.replace(answer.url);
    return;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (scripts(document) !== scripts(next)) {
    location.reload();
    return;
  }
  const old = await dress(next);
  for (const name of ["lang", "dir"]) attribute(document.documentElement, next.documentElement, name);
  Idiomorph.morph(document.body, next.body, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks: CAREFUL });
  head(next);
  for (const sheet of old) sheet.remove();
  document.dispatchEvent(new CustomEvent("digest:refreshed"));
}

// What a reader of the page has done to it is theirs.
const CAREFUL = {
  beforeNodeRemoved: (node) => !OURS(node),
  beforeNodeMorphed: (node) => !OURS(node),
  beforeAttributeUpdated: (name, node) => {
    if (name === "open") return !(node instanceof HTMLDetailsElement || node instanceof HTMLDialogElement);
    if (name === "value") return node.value === node.defaultValue;
    return name === "checked" ? node.checked === node.defaultChecked : true;
  },
};

/** The scripts that run in a page: they cannot be made not to have run. */
function scripts(page) {
  return Array.from(page.scripts)
    .filter((script) => !OURS(script) && !/json/.test(script.type))
    .map((script) => script.src ? new URL(script.getAttribute("src"), location.href).href : script.textContent)
    .join("\n");
}

function head(next) {
  const plain = (page) => Array.from(page.head.children).filter((node) => !OURS(node) && !node.matches(`script, style, ${SHEET}`));
  for (const node of plain(document)) node.remove();
  document.head.prepend(...plain(next).map((node) => document.importNode(node, true)));
}

function attribute(here, there, name) {
  if (there.hasAttribute(name)) here.setAttribute(name, there.getAttribute(name));
  else here.removeAttribute(name);
}
