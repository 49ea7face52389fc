// The moment that the preview shows: now, or as of another, to see what an embargo or a schedule will do.

import { box } from "./box.js";
import { said, written } from "./dates.js";
import { dodge, make } from "./dom.js";
import { send } from "./send.js";

const STYLE = `
  :host { z-index: 2147483400 !important; } /* below the desk */
  .digest { position: fixed; left: 12px; bottom: calc(12px + var(--covered, 0px)); border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px light-dark(#0001, #fff3); max-width: calc(100vw - 24px); }
  @media (max-width: 760px) { .other, .away, .digest:has(details[open]) { margin-bottom: 50px; } } /* the bar of the desk has the rest of the line */
  summary { display: flex; align-items: center; gap: 8px; min-height: 36px; padding: 4px 14px; cursor: pointer; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  summary::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: #46a758; }
  .other summary::before { background: #f5a524; }
  .away summary::before { background: #e5484d; }
  form { display: grid; gap: 10px; padding: 6px 14px 14px; }
  label { display: grid; gap: 4px; }
  input { font: inherit; padding: 4px 8px; min-height: 32px; color: inherit; background: light-dark(#fff, #111113); border: 1px solid light-dark(#8a8a92, #71717a); border-radius: 6px; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; }
  p { margin: 0; color: light-dark(#8a5200, #ffd08a); }
  p:empty { display: none; }`;

const address = "/-/digest/clock";
let parts = null;
let last = { clock: "", next: "" };

/** Shows which moment the site is shown as of. */
export function clock(news) {
  last = news;
  draw();
}

/** Shows whether the preview still runs. */
export function away(is) {
  parts ??= build();
  parts.inside.classList.toggle("away", is);
  draw();
}

function draw() {
  parts ??= build();
  const gone = parts.inside.classList.contains("away");
  parts.inside.classList.toggle("other", Boolean(last.clock));
  parts.summary.textContent = gone ? "The preview has ended: this page may be old" : last.clock ? `As of ${words(last.clock)}` : "Now";
  parts.next.hidden = !last.next;
  parts.next.textContent = last.next ? `Next change, ${words(last.next)}` : "";
  parts.now.hidden = !last.clock;
}

function build() {
  const { inside } = box("clock", STYLE, { "aria-label": "The moment that is shown" });
  const summary = make("summary");
  const input = make("input", { type: "datetime-local", required: true });
  const status = make("p", { role: "status" });
  const show = (moment) => set(moment, status);
  const next = make("button", { type: "button", onclick: () => show(last.next) });
  const now = make("button", { type: "button", onclick: () => show(null) }, "Back to now");
  const details = make("details", {
    onkeydown: (event) => { if (event.key === "Escape") { details.open = false; summary.focus(); } },
  }, summary, make("form", { onsubmit: (event) => { event.preventDefault(); show(input.value); } },
    make("label", {}, "Show the site as of", input),
    make("div", { class: "row" }, make("button", {}, "Show"),
      make("button", { type: "button", onclick: () => show(morning()) }, "Tomorrow 06:00"), next, now),
    status));
  inside.append(details);
  dodge(inside);
  return { inside, summary, next, now };
}

async function set(now, status) {
  status.textContent = "";
  const answer = await send(address, { now });
  if (!answer.ok) status.textContent = await answer.text();
}

function morning() {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return `${written(day)}T06:00`;
}

const words = (moment) => `${said(moment, { weekday: "short", day: "numeric", month: "short" })} ${moment.slice(11, 16)}`;
