// Buttons and texts of the desk.

import { make } from "../dom.js";

/** A button with a label and its keyboard shortcut. */
export function button(label, onclick, { key = "", ...attributes } = {}) {
  return make("button", { type: "button", onclick, ...attributes }, label, key && make("kbd", { "aria-hidden": "true" }, key));
}

/** Whether a key event belongs to a text field. */
export function isTextInput(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

export const percent = (share) => `${Math.round(share * 100)} %`;

/** A number with its noun: `1 entry`, `3 entries`. */
export function count(number, singular, plural = `${singular}s`) {
  return `${number} ${number === 1 ? singular : plural}`;
}
