// Brings the page that is shown up to date, in place: scroll, focus, open details and what was typed stay.

const OURS = (node) => node.nodeType === Node.ELEMENT_NODE
  && (node.localName.startsWith("digest-") || node.matches("script[src^='/-/digest/'], link[href^='/-/digest/']"));
const SHEET = "link[rel~='stylesheet']";

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

/** Puts on the stylesheets of the next page, and gives those to take off when it stands. */
async function dress(next) {
  const address = (sheet) => new URL(sheet.getAttribute("href"), location.href).href;
  const worn = new Map(Array.from(document.head.querySelectorAll(SHEET), (sheet) => [address(sheet), sheet]));
  const wanted = Array.from(next.head.querySelectorAll(SHEET));
  let last = null;
  const loads = [];
  for (const sheet of wanted) {
    let own = worn.get(address(sheet));
    worn.delete(address(sheet));
    if (!own) {
      own = document.importNode(sheet);
      loads.push(new Promise((done) => { own.onload = own.onerror = done; }));
      if (last) last.after(own); else document.head.append(own);
    }
    last = own;
  }
  await Promise.all(loads);
  return Array.from(worn.values()).filter((sheet) => !OURS(sheet));
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
