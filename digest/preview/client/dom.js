// Creates elements and shadow roots.

/** Creates an element: `make("button", { class: "chip", onclick: f, "aria-pressed": true }, "Europe")`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false && !key.startsWith("aria-")) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") element[key] = value;
    else element.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Attaches a shadow root with these CSS rules. The rules of the page do not apply inside, and these not outside. */
export function attachShadow(host, css) {
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  return shadow;
}

/** Keeps `--covered` of an element at the height in CSS pixels that the overlay covers at the bottom of the window. */
export function trackCoveredHeight(element) {
  document.addEventListener("digest:covered", (event) => element.style.setProperty("--covered", `${event.detail}px`));
}
