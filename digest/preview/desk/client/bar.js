// Bar of the desk: number of entries on the page, number of tasks in the queue, selection, undo and help.

import { make } from "../dom.js";
import { button } from "./dom.js";
import { headlines } from "./headlines.js";

export function drawBar(desk) {
  const entries = new Set(headlines.map(({ id }) => id)).size;
  const focused = desk.bar.getRootNode().activeElement?.dataset.name;
  desk.bar.classList.toggle("panel-open", Boolean(desk.open));
  const parts = [
    button([make("b", {}, String(entries)), make("span", { class: "long" }, " on this page"), make("span", { class: "short" }, " here")], () => desk.show({ view: "list" }), {
      "data-name": "list", "aria-expanded": String(desk.open?.view === "list"), key: "a",
    }),
    button([make("b", {}, String(desk.queueLength ?? "…")), make("span", {}, " in queue")], () => desk.show({ view: "queue" }), {
      "data-name": "queue", "aria-expanded": String(desk.open?.view === "queue"), key: "q",
    }),
    desk.selected.size ? make("span", { class: "selected-count" }, make("b", {}, String(desk.selected.size)), make("span", { class: "long" }, " selected")) : null,
    button("Undo", () => desk.undo(), { "data-name": "undo", disabled: !desk.lastChange, title: desk.lastChange?.description ?? "", key: "u" }),
    button("?", () => desk.show({ view: "help" }), { "data-name": "keys", "aria-label": "Keyboard shortcuts", class: "help" }),
  ];
  desk.bar.replaceChildren(...parts.filter(Boolean));
  if (focused) desk.bar.querySelector(`[data-name="${focused}"]`)?.focus();
}
