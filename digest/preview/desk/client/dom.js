// Parts of the desk, and its words.

import { make } from "../dom.js";

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
