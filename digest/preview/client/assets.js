// Stylesheets, images and scripts of a page: loads them again when a file changes under the same name.

/** Whether an element belongs to the preview and not to the page. */
export const isPreviewElement = (node) => node.nodeType === Node.ELEMENT_NODE
  && (node.localName.startsWith("digest-") || node.matches("script[src^='/-/digest/'], link[href^='/-/digest/']"));
export const STYLESHEETS = "link[rel~='stylesheet']";

const VERSION_PARAMETER = "digest"; // makes a browser load a stylesheet again
const STYLE_FILE = /\.(css|woff2?|svg|png|jpe?g|webp|avif|gif)$/; // stylesheets use other stylesheets, fonts, pictures
let lastReload = Promise.resolve();

/** Loads the files at `paths` again; with `everything`, all stylesheets. A changed script reloads the page. */
export function refreshAssets(paths, everything, version) {
  const isChanged = (url) => paths.includes(new URL(url, location.href).pathname);
  if (Array.from(document.scripts).some((script) => !isPreviewElement(script) && script.src && isChanged(script.src))) {
    location.reload();
    return;
  }
  for (const image of document.images) if (isChanged(image.src)) image.src = image.src;
  if (everything || paths.some((path) => STYLE_FILE.test(path))) lastReload = lastReload.then(() => reloadStylesheets(version));
}

/** Adds the stylesheets of the next page. Returns those that it does not use, to remove after the update. */
export async function addStylesheets(next) {
  const unused = new Map(Array.from(document.head.querySelectorAll(STYLESHEETS), (link) => [urlOf(link), link]));
  const wanted = Array.from(next.head.querySelectorAll(STYLESHEETS));
  let previous = null;
  const loads = [];
  for (const link of wanted) {
    let current = unused.get(urlOf(link));
    unused.delete(urlOf(link));
    if (!current) {
      current = document.importNode(link);
      loads.push(loaded(current));
      if (previous) previous.after(current); else document.head.append(current);
    }
    previous = current;
  }
  await Promise.all(loads);
  return Array.from(unused.values()).filter((link) => !isPreviewElement(link));
}

/** Replaces each stylesheet by its current version. The old one goes when the new one is loaded, to avoid a flash. */
function reloadStylesheets(version) {
  const links = Array.from(document.querySelectorAll(STYLESHEETS)).filter((link) => !isPreviewElement(link));
  return Promise.all(links.map(async (link) => {
    const replacement = link.cloneNode();
    replacement.href = urlOf(link, version);
    const isLoaded = loaded(replacement);
    link.after(replacement);
    await isLoaded;
    link.remove();
  }));
}

/** The URL of a stylesheet, with the given version or without one. */
function urlOf(link, version = "") {
  const url = new URL(link.getAttribute("href"), location.href);
  url.searchParams.delete(VERSION_PARAMETER);
  if (version) url.searchParams.set(VERSION_PARAMETER, version);
  return url.href;
}

function loaded(link) {
  return new Promise((resolve) => { link.onload = link.onerror = resolve; });
}
