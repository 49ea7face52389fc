// The bar: how much is on the page, how much waits, and the way back.

import { make } from "../dom.js";
import { button } from "./dom.js";
import { headlines } from "./page.js";

export function drawBar(desk) {
  const entries = new Set(headlines.map(({ id }) => id)).size;
  const focused = desk.bar.getRootNode().activeElement?.dataset.name;
  desk.bar.classList.toggle("beside", Boolean(desk.open));
  const parts = [
    button([make("b", {}, String(entries)), make("span", { class: "long" }, " on this page"), make("span", { class: "short" }, " here")], () => desk.show({ view: "list" }), {
      "data-name": "list", "aria-expanded": String(desk.open?.view === "list"), key: "a",
    }),
    button([make("b", {}, String(desk.waiting ?? "…")), make("span", {}, desk.waiting === 1 ? " waits" : " wait")], () => desk.show({ view: "queue" }), {
      "data-name": "queue", "aria-expanded": String(desk.open?.view === "queue"), key: "q",
    }),
    desk.selected.size ? make("span", { class: "picked" }, make("b", {}, String(desk.selected.size)), make("span", { class: "long" }, " selected")) : null,
    button("Undo", () => desk.undo(), { "data-name": "undo", disabled: !desk.last, title: desk.last?.what ?? "", key: "u" }),
    button("?", () => desk.show({ view: "help" }), { "data-name": "keys", "aria-label": "Keys", class: "help" }),
  ];
  desk.bar.replaceChildren(...parts.filter(Boolean));
  if (focused) desk.bar.querySelector(`[data-name="${focused}"]`)?.focus();
}
