// The panel at the side, and what it shows: an entry, a list, the queue, labels to choose from, the keys.

import { make } from "../dom.js";
import { ask, tell } from "./api.js";
import { button, count } from "./dom.js";
import { drawEntry, teach } from "./entry.js";
import { KEYS, KEYS_OFF } from "./keys.js";
import { headlines } from "./page.js";
import { banner, drawQueue } from "./queue.js";

export const LETTERS = "123456789abdefghijklmno";

export class Panel {
  state = null;
  tasks = { counts: {}, tasks: [], at: 0 };
  kind = "";
  turn = 0;
  keys = {};

  constructor(desk, shadow) {
    this.desk = desk;
    this.head = make("h2", { tabindex: "-1" });
    this.body = make("div", { class: "inside" });
    this.box = shadow.appendChild(make("aside", { class: "panel", "aria-label": "Desk: details", hidden: true },
      make("header", {}, this.head, button("×", () => desk.close(), { "aria-label": "Close", class: "close", title: "Close (Esc)" })),
      this.body));
  }

  /** Shows a view; the focus goes to its heading unless somebody is at work elsewhere. */
  async show(open, { focus = true } = {}) {
    if (!["entry", "labels"].includes(open.view)) this.state = null;
    const turn = ++this.turn;
    if (open.view === "entry") {
      const state = await ask(`entry/${encodeURIComponent(open.id)}`);
      if (turn !== this.turn) return true; // another was asked for meanwhile
      this.entry(state, open);
    } else if (open.view === "queue") await this.queue();
    else this[open.view](open);
    this.box.hidden = false;
    this.body.scrollTop = 0;
    if (focus) this.head.focus({ preventScroll: true });
    return true;
  }

  hide() {
    this.box.hidden = true;
    this.state = null;
    this.keys = {};
  }

  /** What a key does in the view that is open; nothing where it does what it does everywhere. */
  key(name) {
    return this.box.hidden ? undefined : this.keys[name];
  }

  /** Whether both versions of a file are shown, and one has to be chosen first. */
  asks() {
    return Boolean(this.box.getRootNode().querySelector("dialog[open]"));
  }

  fill(title, keys, ...parts) {
    const at = this.body.contains(this.body.getRootNode().activeElement) ? this.body.getRootNode().activeElement.dataset.name : "";
    this.keys = keys;
    this.head.textContent = title;
    this.body.replaceChildren(...parts.flat().filter(Boolean));
    if (at) (this.body.querySelector(`[data-name="${CSS.escape(at)}"]`) ?? this.head).focus({ preventScroll: true });
  }

  // --- views

  entry(state, { learn = "" } = {}) {
    this.state = state;
    drawEntry(this, state, this.desk.task ? banner(this, this.desk.task) : null);
    if (learn) teach(this, state, learn);
  }

  /** The story of an entry. */
  async storyOf(id) {
    return (await ask(`entry/${encodeURIComponent(id)}`)).story;
  }

  list() {
    const { desk } = this;
    const seen = headlines.filter((one, n) => headlines.findIndex((other) => other.id === one.id) === n);
    const rows = seen.map((one) => make("li", { class: "row" },
      make("label", { class: "pick" },
        make("input", { type: "checkbox", checked: desk.selected.has(one.id), "data-name": `pick ${one.id}`, "aria-label": `Select: ${one.title}`, onchange: () => desk.select(one.id) })),
      make("button", { type: "button", class: "title", "data-name": `open ${one.id}`, onclick: () => desk.show({ view: "entry", id: one.id }) },
        one.lead ? make("b", { class: "rank", title: "rank" }, String(one.lead)) : null, one.title)));
    const many = desk.selected.size;
    const tools = make("div", { class: "tools" },
      make("span", {}, many ? `${many} selected` : "Select rows, then change all at once"),
      ...[["Region", "r"], ["Category", "c"], ["Hold", "h"], ["Kill", "K"], ["Publish", "P"]].map(([text, key]) =>
        button(text, () => desk.press(key), { key, disabled: !many, "data-name": text })));
    this.fill(`${count(seen.length, "entry", "entries")} on this page`, {}, tools, make("ul", { class: "rows" }, ...rows));
  }

  async queue() {
    this.tasks = await ask(`queue?kind=${this.kind}`);
    await this.desk.count(this.tasks);
    drawQueue(this);
  }

  help() {
    const parts = KEYS.map(([title, rows]) => make("section", {},
      make("h3", {}, title),
      make("dl", { class: "keys" }, ...rows.flatMap(([keys, does]) => [
        make("dt", {}, ...keys.split(" ").filter(Boolean).map((key) => /^[…–]$/.test(key) ? ` ${key} ` : make("kbd", {}, key))),
        make("dd", {}, does),
      ])),
    ));
    const off = make("input", { type: "checkbox", checked: Boolean(localStorage.getItem(KEYS_OFF)), onchange: () => {
      if (off.checked) localStorage.setItem(KEYS_OFF, "yes");
      else localStorage.removeItem(KEYS_OFF);
    } });
    this.fill("Keys", {}, ...parts, make("label", { class: "off" }, off, "No single keys: everything has its button"));
  }

  /** Labels to choose from, each with its key, for all that are meant. */
  labels({ field, back }) {
    const { desk } = this;
    const rows = desk.meant();
    if (!rows.length) return this.fill("No entry is meant", {}, make("p", {}, "Point at a headline with j and k, or select some with x."));
    const known = field === "region" ? desk.about.regions : desk.about.categories;
    const keys = {};
    const chips = known.map(({ slug, name }, n) => {
      const choose = async () => {
        const label = `${field === "region" ? "Region" : "Category"}: ${name}`;
        const words = rows.length > 1 ? `${label}, ${rows.length} entries` : label;
        desk.repeat = { wish: { [field]: slug }, words: label };
        const done = await desk.change({ [field]: slug }, words, rows);
        if (done === null) return;
        if (rows.length === 1) await desk.show({ view: "entry", id: rows[0].id, learn: field });
        else if (back) await desk.show(back);
        else desk.close();
      };
      if (n < LETTERS.length) keys[LETTERS[n]] = choose;
      return button(name, choose, { class: "chip big", key: LETTERS[n], "data-name": slug });
    });
    const whom = rows.length > 1 ? `${rows.length} entries` : headlines.find(({ id }) => id === rows[0].id)?.title ?? this.state?.title ?? "";
    this.fill(field === "region" ? "Region" : "Category", keys, make("p", { class: "whom" }, whom), make("div", { class: "chips column" }, ...chips));
    return undefined;
  }

  // --- the queue, one after the other

  async walk(by) {
    const { desk } = this;
    const from = encodeURIComponent(desk.task?.key ?? (by > 0 ? "" : "~"));
    const waiting = await desk.trying(() => ask(`queue?kind=${this.kind}&${by > 0 ? "after" : "before"}=${from}`));
    if (!waiting) return undefined;
    const next = by > 0 ? waiting.tasks[0] : waiting.tasks.at(-1);
    if (!next) return desk.say(by > 0 ? "That was the last one" : "That was the first one");
    return this.go(next);
  }

  async go(task) {
    const { desk } = this;
    desk.task = task;
    if (task.entry) await desk.show({ view: "entry", id: task.entry });
    else this.fill(task.title, {}, banner(this, task));
    if (!this.state && task.entry) this.fill(task.title, {}, banner(this, task));
    this.box.hidden = false;
  }

  async letStand() {
    const { desk } = this;
    if (!desk.task) return;
    const { key } = desk.task;
    const waiting = await desk.trying(() => tell("seen", { key }));
    if (!waiting) return;
    await desk.count(waiting);
    desk.say("It may stand");
    await this.walk(1);
  }
}
