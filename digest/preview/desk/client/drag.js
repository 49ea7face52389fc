// An entry dragged onto a place of the front page: by its pencil, or by its headline where that is a link.

import { make } from "../dom.js";
import { block, headlineAt, headlines } from "./page.js";

const PLACES = ["Lead", "Second", "Third", "Fourth"];

export function dragging(desk) {
  let dragged = null;
  const over = () => {
    const slots = headlines.filter((one, n) => headlines.findIndex(({ id }) => id === one.id) === n).slice(0, PLACES.length);
    desk.marks.append(...slots.map((slot, n) => place(slot.element, PLACES[n], async (event) => {
      event.preventDefault();
      const one = dragged;
      end();
      if (one) await desk.send("lead", { row: { id: one.id, digest: one.digest }, rank: n + 1 }, `${PLACES[n]}: ${one.title}`);
    })));
  };
  const end = () => {
    dragged = null;
    desk.mark();
  };
  const start = (event) => {
    const [target] = event.composedPath();
    const id = target instanceof Element && target.dataset.entry;
    dragged = id ? headlines.find((one) => one.id === id) : target instanceof Node && headlineAt(target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.title);
    setTimeout(over);
  };
  document.addEventListener("dragstart", start);
  document.addEventListener("dragend", end);
}

function place(element, name, ondrop) {
  const box = (block(element)?.matches("article, li") ? block(element) : element).getBoundingClientRect();
  const target = make("div", {
    class: "place", ondrop,
    ondragover: (event) => { event.preventDefault(); target.classList.add("over"); },
    ondragleave: () => target.classList.remove("over"),
  }, make("span", {}, name));
  Object.assign(target.style, { top: `${box.top}px`, left: `${box.left}px`, width: `${box.width}px`, height: `${box.height}px` });
  return target;
}
