// Elements, made and filled.

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

/** A button that says what it does, and the key that does the same. */
export function button(text, onclick, { key = "", ...traits } = {}) {
  return make("button", { type: "button", onclick, ...traits }, text, key && make("kbd", { "aria-hidden": "true" }, key));
}

/** Whether a key typed here is meant as text. */
export function typing(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

export const percent = (share) => `${Math.round(share * 100)} %`;

/** `1 entry`, `3 entries`. */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** A day as people say it. */
export function day(text) {
  const [year, month, date] = text.split("-").map(Number);
  return new Date(year, month - 1, date).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
