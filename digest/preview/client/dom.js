// Elements, made and filled; and the shadows that ours stand in.

/** An element: `make("button", { class: "chip", onclick: f, "aria-pressed": true }, "Europe")`. */
export function make(name, traits = {}, ...inside) {
  const element = document.createElement(name);
  for (const [trait, value] of Object.entries(traits)) {
    if (value === undefined || value === null || value === false && !trait.startsWith("aria-")) continue;
    if (trait.startsWith("on")) element.addEventListener(trait.slice(2), value);
    else if (trait === "value" || trait === "checked") element[trait] = value;
    else element.setAttribute(trait, value === true && !trait.startsWith("aria-") ? "" : value);
  }
  element.append(...inside.flat().filter((part) => part !== null && part !== undefined && part !== false));
  return element;
}

/** A shadow below an element, where the page's rules do not reach, and these reach nothing else. */
export function shade(host, rules) {
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  shadow.adoptedStyleSheets = [sheet];
  return shadow;
}

/** Keeps an element's `--covered` at how much of the window's lower edge the overlay covers, in CSS pixels. */
export function dodge(element) {
  document.addEventListener("digest:covered", (event) => element.style.setProperty("--covered", `${event.detail}px`));
}
