// Side panel of the desk with its views: an entry, the list of entries, the queue, label choices, and help.

import { make } from "../dom.js";
import { get, post } from "./api.js";
import { button, count } from "./dom.js";
import { drawEntry, suggestTerms } from "./entry.js";
import { headlines, uniqueHeadlines } from "./headlines.js";
import { KEYS, KEYS_OFF } from "./keys.js";
import { drawQueue, taskBox } from "./queue.js";

export const LABEL_KEYS = "123456789abdefghijklmno";

export class Panel {
  state = null;
  queue = { counts: {}, tasks: [], offset: 0 };
  kind = "";
  request = 0;
  actions = {};

  constructor(desk, shadow) {
    this.desk = desk;
    this.heading = make("h2", { tabindex: "-1" });
    this.body = make("div", { class: "panel-body" });
    this.box = shadow.appendChild(make("aside", { class: "panel", "aria-label": "Desk: details", hidden: true },
      make("header", {}, this.heading, button("×", () => desk.close(), { "aria-label": "Close", class: "close", title: "Close (Esc)" })),
      this.body));
  }

  /** Shows a view, and moves the focus to its heading unless `focus` is false. */
  async show(open, { focus = true } = {}) {
    if (!["entry", "labels"].includes(open.view)) this.state = null;
    const request = ++this.request;
    if (open.view === "entry") {
      const state = await get(`entry/${encodeURIComponent(open.id)}`);
      if (request !== this.request) return true; // another view was requested meanwhile
      this.entry(state, open);
    } else if (open.view === "queue") await this.loadQueue();
    else this[open.view](open);
    this.box.hidden = false;
    this.body.scrollTop = 0;
    if (focus) this.heading.focus({ preventScroll: true });
    return true;
  }

  hide() {
    this.box.hidden = true;
    this.state = null;
    this.actions = {};
  }

  /** The action of a key in the open view, or undefined if the key has its usual action. */
  actionOf(key) {
    return this.box.hidden ? undefined : this.actions[key];
  }

  /** Whether a conflict dialog is open, which must be answered first. */
  hasDialog() {
    return Boolean(this.box.getRootNode().querySelector("dialog[open]"));
  }

  /** Replaces the content of the panel and keeps the focus on the control of the same name. */
  fill(title, actions, ...parts) {
    const { activeElement } = this.body.getRootNode();
    const focused = this.body.contains(activeElement) ? activeElement.dataset.name : "";
    this.actions = actions;
    this.heading.textContent = title;
    this.body.replaceChildren(...parts.flat().filter(Boolean));
    if (focused) (this.body.querySelector(`[data-name="${CSS.escape(focused)}"]`) ?? this.heading).focus({ preventScroll: true });
  }

  // --- views

  entry(state, { changedField = "" } = {}) {
    this.state = state;
    drawEntry(this, state, this.desk.task ? taskBox(this, this.desk.task) : null);
    if (changedField) suggestTerms(this, state, changedField);
  }

  /** The story of an entry. */
  async storyOf(id) {
    return (await get(`entry/${encodeURIComponent(id)}`)).story;
  }

  list() {
    const { desk } = this;
    const entries = uniqueHeadlines();
    const rows = entries.map((headline) => make("li", { class: "row" },
      make("label", { class: "pick" },
        make("input", { type: "checkbox", checked: desk.selected.has(headline.id), "data-name": `pick ${headline.id}`, "aria-label": `Select: ${headline.title}`, onchange: () => desk.select(headline.id) })),
      make("button", { type: "button", class: "title", "data-name": `open ${headline.id}`, onclick: () => desk.show({ view: "entry", id: headline.id }) },
        headline.lead ? make("b", { class: "rank", title: "rank" }, String(headline.lead)) : null, headline.title)));
    const selected = desk.selected.size;
    const tools = make("div", { class: "tools" },
      make("span", {}, selected ? `${selected} selected` : "Select entries to change them together"),
      ...[["Region", "r"], ["Category", "c"], ["Hold", "h"], ["Kill", "K"], ["Publish", "P"]].map(([text, key]) =>
        button(text, () => desk.press(key), { key, disabled: !selected, "data-name": text })));
    this.fill(`${count(entries.length, "entry", "entries")} on this page`, {}, tools, make("ul", { class: "rows" }, ...rows));
  }

  async loadQueue() {
    this.queue = await get(`queue?kind=${this.kind}`);
    await this.desk.countTasks(this.queue);
    drawQueue(this);
  }

  help() {
    const sections = KEYS.map(([title, rows]) => make("section", {},
      make("h3", {}, title),
      make("dl", { class: "keys" }, ...rows.flatMap(([keys, description]) => [
        make("dt", {}, ...keys.split(" ").filter(Boolean).map((key) => /^[…–]$/.test(key) ? ` ${key} ` : make("kbd", {}, key))),
        make("dd", {}, description),
      ])),
    ));
    const keysOff = make("input", { type: "checkbox", checked: Boolean(localStorage.getItem(KEYS_OFF)), onchange: () => {
      if (keysOff.checked) localStorage.setItem(KEYS_OFF, "yes");
      else localStorage.removeItem(KEYS_OFF);
    } });
    this.fill("Keyboard shortcuts", {}, ...sections, make("label", { class: "switch" }, keysOff, "Turn off single-key shortcuts: every action also has a button"));
  }

  /** Labels to choose from, each with its key, for the entries that a change applies to. */
  labels({ field, back }) {
    const { desk } = this;
    const entries = desk.targets();
    if (!entries.length) return this.fill("No entry chosen", {}, make("p", {}, "Choose a headline with j and k, or select several with x."));
    const labels = field === "region" ? desk.site.regions : desk.site.categories;
    const actions = {};
    const chips = labels.map(({ slug, name }, n) => {
      const choose = async () => {
        const label = `${field === "region" ? "Region" : "Category"}: ${name}`;
        const message = entries.length > 1 ? `${label}, ${entries.length} entries` : label;
        desk.repeat = { changes: { [field]: slug }, message: label };
        const response = await desk.change({ [field]: slug }, message, entries);
        if (response === null) return;
        if (entries.length === 1) await desk.show({ view: "entry", id: entries[0].id, changedField: field });
        else if (back) await desk.show(back);
        else desk.close();
      };
      if (n < LABEL_KEYS.length) actions[LABEL_KEYS[n]] = choose;
      return button(name, choose, { class: "chip big", key: LABEL_KEYS[n], "data-name": slug });
    });
    const subject = entries.length > 1 ? `${entries.length} entries` : headlines.find(({ id }) => id === entries[0].id)?.title ?? this.state?.title ?? "";
    this.fill(field === "region" ? "Region" : "Category", actions, make("p", { class: "subject" }, subject), make("div", { class: "chips column" }, ...chips));
    return undefined;
  }

  // --- tasks of the queue

  /** Opens the task after the current one (`by` 1) or the one before it (-1). */
  async showNextTask(by) {
    const { desk } = this;
    const key = encodeURIComponent(desk.task?.key ?? (by > 0 ? "" : "~"));
    const queue = await desk.showErrors(() => get(`queue?kind=${this.kind}&${by > 0 ? "after" : "before"}=${key}`));
    if (!queue) return undefined;
    const next = by > 0 ? queue.tasks[0] : queue.tasks.at(-1);
    if (!next) return desk.say(by > 0 ? "No more tasks" : "This is the first task");
    return this.openTask(next);
  }

  async openTask(task) {
    const { desk } = this;
    desk.task = task;
    if (task.entry) await desk.show({ view: "entry", id: task.entry });
    else this.fill(task.title, {}, taskBox(this, task));
    if (!this.state && task.entry) this.fill(task.title, {}, taskBox(this, task));
    this.box.hidden = false;
  }

  async dismissTask() {
    const { desk } = this;
    if (!desk.task) return;
    const { key } = desk.task;
    const queue = await desk.showErrors(() => post("seen", { key }));
    if (!queue) return;
    await desk.countTasks(queue);
    desk.say("Dismissed");
    await this.showNextTask(1);
  }
}
