// What waits: as a list, and as a line above the entry that is open.

import { make } from "../dom.js";
import { button } from "./dom.js";
import { take } from "./entry.js";

const KINDS = { labels: "Labels", merge: "Near-merges", issue: "Issues", wire: "The wire" };
const WHAT = { labels: "Is this right?", merge: "One story?", issue: "Something is wrong", wire: "The wire says otherwise" };

export function drawQueue(panel) {
  const { counts, tasks } = panel.tasks;
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const kinds = [["", "All", all], ...Object.entries(KINDS).map(([kind, name]) => [kind, name, counts[kind] ?? 0])];
  const filters = kinds.map(([kind, name, number]) => make("button", {
    type: "button", class: "chip", "aria-pressed": String(panel.kind === kind), "data-name": `kind ${kind}`,
    onclick: () => { panel.kind = kind; panel.desk.task = null; panel.desk.trying(() => panel.queue()); },
  }, `${name} `, make("b", {}, String(number))));
  const rows = tasks.map((task) => make("li", { class: `row ${task.kind}` },
    make("button", { type: "button", class: "title", "data-name": task.key, "aria-current": panel.desk.task?.key === task.key ? "true" : undefined, onclick: () => panel.go(task) },
      make("span", {}, task.title), make("span", { class: "muted" }, task.other_title ? `with: ${task.other_title}` : task.about))));
  panel.fill("Queue", {},
    make("div", { class: "chips", role: "group", "aria-label": "Kinds" }, ...filters),
    make("div", { class: "tools" }, button("Start", () => panel.walk(1), { key: "n", "data-name": "start", disabled: !tasks.length, class: "first" })),
    tasks.length ? make("ol", { class: "rows" }, ...rows) : make("p", { class: "nothing" }, "Nothing waits."));
}

/** The task at hand, above its entry. */
export function banner(panel, task) {
  const { desk } = panel;
  const stand = (text) => button(text, () => panel.letStand(), { key: "y", "data-name": "stand" });
  const merge = async () => {
    const { state } = panel;
    const other = await desk.trying(() => panel.storyOf(task.other));
    if (other) await desk.send("story", { row: { id: state.id, digest: state.digest }, do: "merge", into: other }, "Merged") && await panel.walk(1);
  };
  const does = {
    labels: [stand("It is right")],
    merge: [button("Merge", merge, { "data-name": "merge-both", class: "first" }), stand("Two stories")],
    issue: [stand("Leave it")],
    wire: [button("Take the wire’s", () => take(panel, "wire"), { "data-name": "wire" }), button("Keep ours", () => take(panel, "ours"), { "data-name": "ours" })],
  }[task.kind];
  return make("div", { class: `task ${task.kind}`, role: "group", "aria-label": "Task" },
    make("p", {}, make("b", {}, WHAT[task.kind]), " ", task.about),
    task.other_title ? make("p", { class: "other" }, "“", task.other_title, "”") : null,
    task.place ? make("p", { class: "muted" }, task.place) : null,
    make("div", { class: "tools" }, ...does,
      button("Back", () => panel.walk(-1), { key: "p", "data-name": "back" }), button("Next", () => panel.walk(1), { key: "n", "data-name": "next" })));
}
