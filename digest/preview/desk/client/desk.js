// The desk: open view, selection, keyboard shortcuts and changes. Draws above the page and never changes the page.
// `digest serve` adds this script to every page; `--no-desk` leaves it out.

import { attachShadow, make, trackCoveredHeight } from "../dom.js";
import { RequestError, get, post } from "./api.js";
import { drawBar } from "./bar.js";
import { resolveConflicts } from "./conflict.js";
import { count, isTextInput } from "./dom.js";
import { enableDragging } from "./drag.js";
import { KEYS_OFF } from "./keys.js";
import { boundsOf, headlineAt, headlines, locateHeadlines, uniqueHeadlines } from "./headlines.js";
import { Panel } from "./panel.js";

const STORAGE_KEY = "digest-desk";
const COUNT_DELAY_MS = 700;
const MESSAGE_MS = 5000;
const ERROR_MS = 15000;

class Desk {
  /** What the panel shows: `{ view: "entry", id }`, or the view `list`, `queue`, `help` or `labels`; null if closed. */
  open = null;
  site = null;
  queueLength = null; // null until it is known
  lastChange = null;
  selected = new Map();
  current = "";
  repeat = null;
  pendingKeys = Promise.resolve();
  task = null;

  async start() {
    this.host = make("digest-desk", { "data-digest-desk": "" });
    const [css, site] = await Promise.all([fetch(new URL("desk.css", import.meta.url)).then((response) => response.text()), get("site")]);
    const shadow = attachShadow(this.host, css);
    trackCoveredHeight(this.host);
    this.site = site;
    this.marks = make("div", { class: "marks" });
    this.bar = make("div", { class: "bar", role: "toolbar", "aria-label": "Desk" });
    this.message = make("p", { class: "message", role: "status" });
    shadow.append(make("section", { "aria-label": "Desk" }, this.marks, this.bar, this.message));
    this.panel = new Panel(this, shadow);
    document.body.append(this.host);
    this.addListeners();
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "{}");
    this.current = stored.current ?? "";
    this.queueLength = stored.queueLength ?? null;
    this.task = stored.task ?? null;
    await this.refresh();
    if (stored.open) await this.show(stored.open, { focus: false });
  }

  addListeners() {
    document.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("digest:refreshed", () => this.refresh());
    document.addEventListener("focusin", (event) => this.point(event.target));
    document.addEventListener("pointerover", (event) => this.onPointerOver(event));
    document.addEventListener("pointermove", (event) => { this.pointerPosition = positionOf(event); }, { passive: true });
    document.addEventListener("wheel", () => { this.pointerPosition = ""; }, { passive: true });
    for (const event of ["scroll", "resize"]) addEventListener(event, () => this.drawMarks(), { passive: true });
    new ResizeObserver(() => this.drawMarks()).observe(document.body);
    enableDragging(this);
  }

  /** Finds the entries of the page again, after the page may have changed. */
  async refresh() {
    if (!this.host.isConnected) document.body.append(this.host);
    await this.showErrors(async () => {
      this.lastChange = await locateHeadlines();
    });
    for (const [id, headline] of this.selected) this.selected.set(id, headlines.find((h) => h.id === id) ?? headline);
    this.draw();
    if (this.open?.view === "list") this.panel.list();
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(() => this.showErrors(() => this.countTasks()), COUNT_DELAY_MS);
  }

  /** Updates the number of tasks. The preview computes the queue anew after a change, so the request is delayed. */
  async countTasks(queue) {
    const { counts } = queue ?? await get("queue?kind=none");
    this.queueLength = Object.values(counts).reduce((sum, number) => sum + number, 0);
    this.draw();
  }

  draw() {
    drawBar(this);
    this.drawMarks();
    const { open, current, task, queueLength } = this;
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ open, current, task, queueLength }));
  }

  // --- headlines

  /** Ignores events without a movement of the mouse: they occur when the page changes below a resting pointer. */
  onPointerOver(event) {
    const position = positionOf(event);
    if (event.pointerType === "mouse" && position === this.pointerPosition) return;
    this.pointerPosition = position;
    this.point(event.target);
  }

  point(node) {
    if (node === this.host || !(node instanceof Element)) return;
    const headline = headlineAt(node);
    if (headline && headline.id !== this.current) {
      this.current = headline.id;
      this.drawMarks();
    }
  }

  /** Draws the pencil beside the current headline, and a frame around each selected one. */
  drawMarks() {
    const connected = headlines.filter(({ element }) => element.isConnected);
    const frames = connected.filter(({ id }) => this.selected.has(id)).map((headline) => frame(headline, "selected"));
    const current = connected.find(({ id }) => id === this.current);
    const tools = current ? [frame(current, "current"), this.pencil(current)] : [];
    this.marks.replaceChildren(...frames, ...tools);
  }

  pencil(headline) {
    const bounds = headline.element.getBoundingClientRect();
    const pencil = make("button", {
      type: "button", class: "pencil", draggable: "true", "data-entry": headline.id, tabindex: "-1",
      "aria-label": `Open in the desk: ${headline.title}`, title: "Open (e), or drag to a position of the front page",
      onclick: () => this.show({ view: "entry", id: headline.id }),
    }, "✎");
    const fitsBeside = bounds.left >= 40; // otherwise place it above the end of the headline, where no text is
    pencil.style.top = `${Math.max(4, fitsBeside ? bounds.top - 4 : bounds.top - 32)}px`;
    pencil.style.left = `${fitsBeside ? bounds.left - 36 : Math.min(innerWidth, bounds.right) - 34}px`;
    pencil.hidden = bounds.bottom < 0 || bounds.top > innerHeight;
    return pencil;
  }

  /** Moves to the next headline (`by` 1) or the previous one (-1). */
  step(by) {
    const entries = uniqueHeadlines();
    if (!entries.length) return this.say("This page shows no entries");
    const at = entries.findIndex(({ id }) => id === this.current);
    const next = entries[at < 0 ? (by > 0 ? 0 : entries.length - 1) : Math.max(0, Math.min(entries.length - 1, at + by))];
    this.current = next.id;
    next.element.scrollIntoView({ block: "center", behavior: "instant" });
    this.drawMarks();
    this.say(next.title, { quiet: true });
    return undefined;
  }

  select(id = this.current) {
    const headline = headlines.find((one) => one.id === id);
    if (!headline) return;
    if (!this.selected.delete(id)) this.selected.set(id, headline);
    this.say(`${count(this.selected.size, "entry", "entries")} selected`, { quiet: true });
    this.draw();
    if (this.open?.view === "list") this.panel.list();
  }

  /** The entries that a change applies to: the selected ones, else the open one, else the current headline. */
  targets() {
    if (this.selected.size) return [...this.selected.values()].map(({ id, digest }) => ({ id, digest }));
    const { state } = this.panel;
    if (state) return [{ id: state.id, digest: state.digest }];
    const current = headlines.find(({ id }) => id === this.current);
    return current ? [{ id: current.id, digest: current.digest }] : [];
  }

  // --- changes

  /** Changes fields of the given entries. Returns the response, or null if nothing was written. */
  async change(changes, message, entries = this.targets()) {
    if (!entries.length) return this.say("Choose a headline first: j and k move from one to the next");
    const response = await this.send("change", { entries, changes }, message);
    if (response && this.selected.size && entries.length === this.selected.size) {
      this.selected.clear();
      this.draw();
    }
    return response;
  }

  setLead(rank) {
    const entries = this.targets();
    if (entries.length !== 1) return this.say("A rank applies to one entry: select only one");
    return this.send("lead", { entry: entries[0], rank }, rank ? `Rank ${rank}` : "No rank");
  }

  /** Sends a change and shows its result, a conflict or an error. */
  async send(path, body, message) {
    try {
      const response = await post(path, body);
      this.onChanged(response, message);
      return response;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.conflicts.length) return resolveConflicts(this, path, body, message, error.conflicts);
      this.say(error.message, { isError: true });
      return null;
    }
  }

  onChanged(response, message) {
    this.lastChange = response.last_change;
    for (const state of response.states) {
      for (const headline of headlines) if (headline.id === state.id) Object.assign(headline, { digest: state.digest, title: state.title, lead: state.lead });
      if (this.open?.view === "entry" && this.panel.state?.id === state.id) this.panel.entry(state);
    }
    this.say(message ?? response.description);
    this.draw();
  }

  async undo() {
    if (!this.lastChange) return this.say("There is nothing to undo");
    return this.send("undo", { mode: "ask" });
  }

  /** Runs an action and shows the error of a failed request. Returns null in that case. */
  async showErrors(action) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.say(error.message, { isError: true });
      return null;
    }
  }

  /** Shows a message for some seconds; a quiet one is for screen readers only. */
  say(text, { isError = false, quiet = false } = {}) {
    this.message.textContent = text;
    this.message.className = isError ? "message error" : quiet ? "message visually-hidden" : "message";
    clearTimeout(this.messageTimer);
    this.messageTimer = setTimeout(() => { this.message.textContent = ""; }, isError ? ERROR_MS : MESSAGE_MS);
  }

  // --- the panel

  async show(open, { focus = true } = {}) {
    const previous = this.open;
    if (!previous) this.focusBefore = document.activeElement;
    this.open = open;
    if (open.view === "entry") this.current = open.id;
    const shown = await this.showErrors(() => this.panel.show(open, { focus }));
    if (shown === null) this.open = previous;
    this.draw();
  }

  close() {
    this.open = null;
    this.task = null;
    this.panel.hide();
    this.draw();
    if (this.focusBefore?.isConnected) this.focusBefore.focus({ preventScroll: true });
  }

  // --- keyboard shortcuts

  onKey(event) {
    if (event.defaultPrevented || event.altKey || event.metaKey && event.key !== "z") return;
    if (localStorage.getItem(KEYS_OFF) && event.key !== "Escape" && !event.ctrlKey && !event.metaKey) return;
    if (isTextInput(event)) {
      if (event.key === "Escape") event.composedPath()[0].blur();
      return;
    }
    const key = event.ctrlKey || event.metaKey ? (event.key === "z" && !event.shiftKey ? "u" : "") : event.key;
    if (!(key in ACTIONS) && !/^[0-9tsmwiy]$/.test(key) && !this.panel.actionOf(key) || this.panel.hasDialog()) return;
    event.preventDefault();
    this.press(key);
  }

  /** Runs the action of a key after those of earlier keys, so that fast typing does not overtake a response. */
  press(key) {
    this.pendingKeys = this.pendingKeys.then(() => {
      const action = this.panel.actionOf(key) ?? ACTIONS[key] ?? (/^[0-9]$/.test(key) ? (desk) => desk.setLead(Number(key)) : null);
      return action?.(this);
    }).catch((error) => { reportError(error); });
  }
}

const ACTIONS = {
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
  n: (desk) => desk.panel.showNextTask(1),
  p: (desk) => desk.panel.showNextTask(-1),
  u: (desk) => desk.undo(),
  "?": (desk) => desk.show({ view: "help" }),
  ".": (desk) => desk.repeat ? desk.change(desk.repeat.changes, desk.repeat.message) : desk.say("There is no label to repeat yet"),
  Escape: (desk) => {
    if (desk.open) desk.close();
    else { desk.selected.clear(); desk.draw(); }
  },
};

const positionOf = ({ screenX, screenY }) => `${screenX} ${screenY}`;

function frame({ element }, name) {
  const bounds = boundsOf(element);
  const mark = make("div", { class: `mark ${name}` });
  Object.assign(mark.style, { top: `${bounds.top}px`, left: `${bounds.left}px`, width: `${bounds.width}px`, height: `${bounds.height}px` });
  return mark;
}

new Desk().start();
