// Put into pages by `digest serve` alone, and left out by `--no-desk`.
//
// The desk: what is open, what is selected, and what each key does. The page below it is never touched.

import { dodge, make, shade } from "../dom.js";
import { ask, Refused, tell } from "./api.js";
import { drawBar } from "./bar.js";
import { settle } from "./conflict.js";
import { count, typing } from "./dom.js";
import { dragging } from "./drag.js";
import { KEYS_OFF } from "./keys.js";
import { block, headlineAt, headlines, look } from "./page.js";
import { Panel } from "./panel.js";

const KEEP = "digest-desk";
const COUNT_MS = 700;

class Desk {
  /** What the panel shows: `{ view: "entry", id }`, `list`, `queue`, `keys`, `labels`, or nothing. */
  open = null;
  about = null;
  waiting = null; // not known yet
  last = null;
  selected = new Map();
  current = "";
  repeat = null;
  doing = Promise.resolve();
  task = null;

  async begin() {
    this.host = make("digest-desk", { "data-digest-desk": "" });
    const [css, about] = await Promise.all([fetch(new URL("desk.css", import.meta.url)).then((answer) => answer.text()), ask("site")]);
    const shadow = shade(this.host, css);
    dodge(this.host);
    this.about = about;
    this.marks = make("div", { class: "marks" });
    this.bar = make("div", { class: "bar", role: "toolbar", "aria-label": "Desk" });
    this.said = make("p", { class: "said", role: "status" });
    shadow.append(make("section", { "aria-label": "Desk" }, this.marks, this.bar, this.said));
    this.panel = new Panel(this, shadow);
    document.body.append(this.host);
    this.listen();
    const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? "{}");
    this.current = kept.current ?? "";
    this.waiting = kept.waiting ?? null;
    this.task = kept.task ?? null;
    await this.refresh();
    if (kept.open) await this.show(kept.open, { focus: false });
  }

  listen() {
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("digest:refreshed", () => this.refresh());
    document.addEventListener("focusin", (event) => this.point(event.target));
    document.addEventListener("pointerover", (event) => this.pointed(event));
    document.addEventListener("pointermove", (event) => { this.rests = placeOf(event); }, { passive: true });
    document.addEventListener("wheel", () => { this.rests = ""; }, { passive: true });
    for (const event of ["scroll", "resize"]) addEventListener(event, () => this.mark(), { passive: true });
    new ResizeObserver(() => this.mark()).observe(document.body);
    dragging(this);
  }

  /** The page may be another: looks which entries it shows now. */
  async refresh() {
    if (!this.host.isConnected) document.body.append(this.host);
    await this.trying(async () => {
      this.last = (await look()).last;
    });
    for (const [id, one] of this.selected) this.selected.set(id, headlines.find((h) => h.id === id) ?? one);
    this.draw();
    if (this.open?.view === "list") this.panel.list();
    clearTimeout(this.counting);
    this.counting = setTimeout(() => this.trying(() => this.count()), COUNT_MS);
  }

  /** How much waits: worked out by the preview anew after a change, so it is asked when it has been quiet. */
  async count(waiting) {
    const { counts } = waiting ?? await ask("queue?kind=none");
    this.waiting = Object.values(counts).reduce((sum, one) => sum + one, 0);
    this.draw();
  }

  draw() {
    drawBar(this);
    this.mark();
    sessionStorage.setItem(KEEP, JSON.stringify({ open: this.open, current: this.current, task: this.task, waiting: this.waiting }));
  }

  // --- headlines

  /** A page that changes beneath a mouse that rests does not change which entry is meant. */
  pointed(event) {
    const place = placeOf(event);
    if (event.pointerType === "mouse" && place === this.rests) return;
    this.rests = place;
    this.point(event.target);
  }

  point(node) {
    if (node === this.host || !(node instanceof Element)) return;
    const found = headlineAt(node);
    if (found && found.id !== this.current) {
      this.current = found.id;
      this.mark();
    }
  }

  /** Draws the pencil beside the headline that is meant, and a frame around each that is selected. */
  mark() {
    const seen = headlines.filter(({ element }) => element.isConnected);
    const frames = seen.filter(({ id }) => this.selected.has(id)).map((one) => frame(one, "selected"));
    const here = seen.find(({ id }) => id === this.current);
    const tools = here ? [frame(here, "current"), this.tools(here)] : [];
    this.marks.replaceChildren(...frames, ...tools);
  }

  tools(here) {
    const box = here.element.getBoundingClientRect();
    const pencil = make("button", {
      type: "button", class: "pencil", draggable: "true", "data-entry": here.id, tabindex: "-1",
      "aria-label": `Open on the desk: ${here.title}`, title: "Open (e); drag onto a place of the front page",
      onclick: () => this.show({ view: "entry", id: here.id }),
    }, "✎");
    const beside = box.left >= 40; // else above its end, where no word is
    pencil.style.top = `${Math.max(4, beside ? box.top - 4 : box.top - 32)}px`;
    pencil.style.left = `${beside ? box.left - 36 : Math.min(innerWidth, box.right) - 34}px`;
    pencil.hidden = box.bottom < 0 || box.top > innerHeight;
    return pencil;
  }

  step(by) {
    const seen = headlines.filter((one, n) => headlines.findIndex((other) => other.id === one.id) === n);
    if (!seen.length) return this.say("No headline of this page is an entry");
    const at = seen.findIndex(({ id }) => id === this.current);
    const next = seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : Math.max(0, Math.min(seen.length - 1, at + by))];
    this.current = next.id;
    next.element.scrollIntoView({ block: "center", behavior: "instant" });
    this.mark();
    this.say(next.title, { quiet: true });
    return undefined;
  }

  select(id = this.current) {
    const one = headlines.find((headline) => headline.id === id);
    if (!one) return;
    if (!this.selected.delete(id)) this.selected.set(id, one);
    this.say(`${count(this.selected.size, "entry", "entries")} selected`, { quiet: true });
    this.draw();
    if (this.open?.view === "list") this.panel.list();
  }

  /** The entries that a change is for: those selected, else the open one, else the one that is pointed at. */
  meant() {
    if (this.selected.size) return [...this.selected.values()].map(({ id, digest }) => ({ id, digest }));
    const { state } = this.panel;
    if (state) return [{ id: state.id, digest: state.digest }];
    const here = headlines.find(({ id }) => id === this.current);
    return here ? [{ id: here.id, digest: here.digest }] : [];
  }

  // --- changes

  /** Writes into all that are meant, or asks what to do where somebody else was faster. */
  async change(wish, words, rows = this.meant()) {
    if (!rows.length) return this.say("Point at a headline first: j and k lead from one to the next");
    const done = await this.send("change", { rows, wish }, words);
    if (done && this.selected.size && rows.length === this.selected.size) {
      this.selected.clear();
      this.draw();
    }
    return done;
  }

  lead(rank) {
    const rows = this.meant();
    if (rows.length !== 1) return this.say("A rank is for one entry: select one, or none");
    return this.send("lead", { row: rows[0], rank }, rank ? `Rank ${rank}` : "No rank");
  }

  async send(path, body, words) {
    try {
      const changed = await tell(path, body);
      this.took(changed, words);
      return changed;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.conflicts.length) return settle(this, path, body, words, error.conflicts);
      this.say(error.message, { wrong: true });
      return null;
    }
  }

  took(changed, words) {
    this.last = changed.last;
    for (const state of changed.states) {
      for (const one of headlines) if (one.id === state.id) Object.assign(one, { digest: state.digest, title: state.title, lead: state.lead });
      if (this.open?.view === "entry" && this.panel.state?.id === state.id) this.panel.entry(state);
    }
    this.say(words ?? changed.what);
    this.draw();
  }

  async undo() {
    if (!this.last) return this.say("There is nothing to take back");
    return this.send("undo", { how: "ask" });
  }

  /** Does something that may be refused, and says so. */
  async trying(work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message, { wrong: true });
      return null;
    }
  }

  say(words, { wrong = false, quiet = false } = {}) {
    this.said.textContent = words;
    this.said.className = wrong ? "said wrong" : quiet ? "said unseen" : "said";
    clearTimeout(this.hush);
    this.hush = setTimeout(() => { this.said.textContent = ""; }, wrong ? 15000 : 5000);
  }

  // --- the panel

  async show(open, { focus = true } = {}) {
    const before = this.open;
    if (!before) this.from = document.activeElement;
    this.open = open;
    if (open.view === "entry") this.current = open.id;
    const shown = await this.trying(() => this.panel.show(open, { focus }));
    if (shown === null) this.open = before;
    this.draw();
  }

  close() {
    this.open = null;
    this.task = null;
    this.panel.hide();
    this.draw();
    if (this.from?.isConnected) this.from.focus({ preventScroll: true });
  }

  // --- keys

  key(event) {
    if (event.defaultPrevented || event.altKey || event.metaKey && event.key !== "z") return;
    if (localStorage.getItem(KEYS_OFF) && event.key !== "Escape" && !event.ctrlKey && !event.metaKey) return;
    if (typing(event)) {
      if (event.key === "Escape") event.composedPath()[0].blur();
      return;
    }
    const name = event.ctrlKey || event.metaKey ? (event.key === "z" && !event.shiftKey ? "u" : "") : event.key;
    if (!(name in KEYS) && !/^[0-9tsmwiy]$/.test(name) && !this.panel.key(name) || this.panel.asks()) return;
    event.preventDefault();
    this.press(name);
  }

  /** Does what a key does, after what the keys before it have begun: a fast hand types ahead of an answer. */
  press(name) {
    this.doing = this.doing.then(() => {
      const does = this.panel.key(name) ?? KEYS[name] ?? (/^[0-9]$/.test(name) ? (desk) => desk.lead(Number(name)) : null);
      return does?.(this);
    }).catch((error) => { reportError(error); });
  }
}

const KEYS = {
  j: (desk) => desk.step(1),
  k: (desk) => desk.step(-1),
  e: (desk) => desk.current ? desk.show({ view: "entry", id: desk.current }) : desk.step(1),
  x: (desk) => desk.select(),
  a: (desk) => desk.show({ view: "list" }),
  r: (desk) => desk.show({ view: "labels", field: "region", back: desk.open }),
  c: (desk) => desk.show({ view: "labels", field: "category", back: desk.open }),
  h: (desk) => desk.change({ status: "hold" }, "Held"),
  K: (desk) => desk.change({ status: "killed" }, "Killed"),
  P: (desk) => desk.change({ status: "published" }, "Published"),
  q: (desk) => desk.show({ view: "queue" }),
  n: (desk) => desk.panel.walk(1),
  p: (desk) => desk.panel.walk(-1),
  u: (desk) => desk.undo(),
  "?": (desk) => desk.show({ view: "help" }),
  ".": (desk) => desk.repeat ? desk.change(desk.repeat.wish, desk.repeat.words) : desk.say("No label was given yet"),
  Escape: (desk) => {
    if (desk.open) desk.close();
    else { desk.selected.clear(); desk.draw(); }
  },
};

const placeOf = ({ screenX, screenY }) => `${screenX} ${screenY}`;

function frame({ element }, name) {
  const box = (block(element)?.matches("article, li") ? block(element) : element).getBoundingClientRect();
  const mark = make("div", { class: `mark ${name}` });
  Object.assign(mark.style, { top: `${box.top}px`, left: `${box.left}px`, width: `${box.width}px`, height: `${box.height}px` });
  return mark;
}

new Desk().begin();
