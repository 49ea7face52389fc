// Queue view of the panel, and the task box above the entry that is open.

import { make } from "../dom.js";
import { button } from "./dom.js";
import { resolveWithWire } from "./entry.js";

const KINDS = { labels: "Labels", merge: "Possible merges", issue: "Issues", wire: "Wire conflicts" };
const QUESTIONS = { labels: "Are these labels right?", merge: "Same story?", issue: "Issue:", wire: "The wire differs:" };

export function drawQueue(panel) {
  const { counts, tasks } = panel.queue;
  const total = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const kinds = [["", "All", total], ...Object.entries(KINDS).map(([kind, name]) => [kind, name, counts[kind] ?? 0])];
  const filters = kinds.map(([kind, name, number]) => make("button", {
    type: "button", class: "chip", "aria-pressed": String(panel.kind === kind), "data-name": `kind ${kind}`,
    onclick: () => { panel.kind = kind; panel.desk.task = null; panel.desk.showErrors(() => panel.loadQueue()); },
  }, `${name} `, make("b", {}, String(number))));
  const rows = tasks.map((task) => make("li", { class: `row ${task.kind}` },
    make("button", { type: "button", class: "title", "data-name": task.key, "aria-current": panel.desk.task?.key === task.key ? "true" : undefined, onclick: () => panel.openTask(task) },
      make("span", {}, task.title), make("span", { class: "muted" }, task.other_title ? `with: ${task.other_title}` : task.detail))));
  panel.fill("Queue", {},
    make("div", { class: "chips", role: "group", "aria-label": "Kinds of tasks" }, ...filters),
    make("div", { class: "tools" }, button("Start", () => panel.showNextTask(1), { key: "n", "data-name": "start", disabled: !tasks.length, class: "primary" })),
    tasks.length ? make("ol", { class: "rows" }, ...rows) : make("p", { class: "empty" }, "The queue is empty."));
}

/** The box of the current task, shown above its entry. */
export function taskBox(panel, task) {
  const { desk } = panel;
  const dismiss = (text) => button(text, () => panel.dismissTask(), { key: "y", "data-name": "dismiss" });
  const merge = async () => {
    const { state } = panel;
    const story = await desk.showErrors(() => panel.storyOf(task.other_entry));
    if (story) await desk.send("story", { entry: { id: state.id, digest: state.digest }, action: "merge", story }, "Merged") && await panel.showNextTask(1);
  };
  const actions = {
    labels: [dismiss("Labels are right")],
    merge: [button("Merge", merge, { "data-name": "merge-both", class: "primary" }), dismiss("Different stories")],
    issue: [dismiss("Dismiss")],
    wire: [button("Use wire text", () => resolveWithWire(panel, "wire"), { "data-name": "wire" }), button("Keep our text", () => resolveWithWire(panel, "ours"), { "data-name": "ours" })],
  }[task.kind];
  return make("div", { class: `task ${task.kind}`, role: "group", "aria-label": "Task" },
    make("p", {}, make("b", {}, QUESTIONS[task.kind]), " ", task.detail),
    task.other_title ? make("p", { class: "other" }, "“", task.other_title, "”") : null,
    task.place ? make("p", { class: "muted" }, task.place) : null,
    make("div", { class: "tools" }, ...actions,
      button("Previous", () => panel.showNextTask(-1), { key: "p", "data-name": "previous" }), button("Next", () => panel.showNextTask(1), { key: "n", "data-name": "next" })));
}
