// Drag and drop of an entry onto a position of the front page, by its pencil or by a headline that is a link.

import { make } from "../dom.js";
import { boundsOf, headlineAt, headlines, uniqueHeadlines } from "./headlines.js";

const POSITIONS = ["Lead", "Second", "Third", "Fourth"];

export function enableDragging(desk) {
  let dragged = null;
  const showTargets = () => {
    const slots = uniqueHeadlines().slice(0, POSITIONS.length);
    desk.marks.append(...slots.map((slot, n) => dropTarget(slot.element, POSITIONS[n], async (event) => {
      event.preventDefault();
      const entry = dragged;
      end();
      if (entry) await desk.send("lead", { entry: { id: entry.id, digest: entry.digest }, rank: n + 1 }, `${POSITIONS[n]}: ${entry.title}`);
    })));
  };
  const end = () => {
    dragged = null;
    desk.drawMarks();
  };
  const start = (event) => {
    const [target] = event.composedPath();
    const id = target instanceof Element && target.dataset.entry;
    dragged = id ? headlines.find((headline) => headline.id === id) : target instanceof Node && headlineAt(target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.title);
    setTimeout(showTargets);
  };
  document.addEventListener("dragstart", start);
  document.addEventListener("dragend", end);
}

function dropTarget(element, name, ondrop) {
  const bounds = boundsOf(element);
  const target = make("div", {
    class: "drop-target", ondrop,
    ondragover: (event) => { event.preventDefault(); target.classList.add("over"); },
    ondragleave: () => target.classList.remove("over"),
  }, make("span", {}, name));
  Object.assign(target.style, { top: `${bounds.top}px`, left: `${bounds.left}px`, width: `${bounds.width}px`, height: `${bounds.height}px` });
  return target;
}
