// Files that a page uses: which stylesheets it wears, and what to do when a file is another under the same name.

/** Whether an element is the preview's own. */
export const OURS = (node) => node.nodeType === Node.ELEMENT_NODE
  && (node.localName.startsWith("digest-") || node.matches("script[src^='/-/digest/'], link[href^='/-/digest/']"));
export const SHEET = "link[rel~='stylesheet']";

const VERSION = "digest"; // the parameter that makes a browser load a stylesheet again
const DRESS = /\.(css|woff2?|svg|png|jpe?g|webp|avif|gif)$/; // a sheet may be made of others, of fonts and of pictures
let last = Promise.resolve();

/** Takes up the files at these paths anew, and with `everything` all stylesheets. Only a script needs the page again. */
export function renew(paths, everything, version) {
  const changed = (address) => paths.includes(new URL(address, location.href).pathname);
  if (Array.from(document.scripts).some((script) => !OURS(script) && script.src && changed(script.src))) {
    location.reload();
    return;
  }
  for (const image of document.images) if (changed(image.src)) image.src = image.src;
  if (everything || paths.some((path) => DRESS.test(path))) last = last.then(() => change(version));
}

/** Puts on the stylesheets of the next page, and gives those to take off when it stands. */
export async function dress(next) {
  const worn = new Map(Array.from(document.head.querySelectorAll(SHEET), (sheet) => [address(sheet), sheet]));
  const wanted = Array.from(next.head.querySelectorAll(SHEET));
  let before = null;
  const loads = [];
  for (const sheet of wanted) {
    let own = worn.get(address(sheet));
    worn.delete(address(sheet));
    if (!own) {
      own = document.importNode(sheet);
      loads.push(loaded(own));
      if (before) before.after(own); else document.head.append(own);
    }
    before = own;
  }
  await Promise.all(loads);
  return Array.from(worn.values()).filter((sheet) => !OURS(sheet));
}

/** Puts on each stylesheet as it is now; the one before goes when that has come, so that the page is never bare. */
function change(version) {
  const sheets = Array.from(document.querySelectorAll(SHEET)).filter((sheet) => !OURS(sheet));
  return Promise.all(sheets.map(async (sheet) => {
    const fresh = sheet.cloneNode();
    fresh.href = address(sheet, version);
    const come = loaded(fresh);
    sheet.after(fresh);
    await come;
    sheet.remove();
  }));
}

/** The address of a stylesheet, of a version or of none. */
function address(sheet, version = "") {
  const whole = new URL(sheet.getAttribute("href"), location.href);
  whole.searchParams.delete(VERSION);
  if (version) whole.searchParams.set(VERSION, version);
  return whole.href;
}

function loaded(sheet) {
  return new Promise((done) => { sheet.onload = sheet.onerror = done; });
}
