// Clock of the preview: shows the site as of now or as of another time, to see the effect of an embargo or a schedule.

import { formatDay, isoDay } from "./dates.js";
import { make, trackCoveredHeight } from "./dom.js";
import { send } from "./send.js";
import { addWidget } from "./widget.js";

const STYLE = `
  :host { z-index: 2147483400 !important; } /* below the desk */
  .digest { position: fixed; left: 12px; bottom: calc(12px + var(--covered, 0px)); border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px light-dark(#0001, #fff3); max-width: calc(100vw - 24px); }
  @media (max-width: 760px) { .as-of, .disconnected, .digest:has(details[open]) { margin-bottom: 50px; } } /* leaves room for the bar of the desk */
  summary { display: flex; align-items: center; gap: 8px; min-height: 36px; padding: 4px 14px; cursor: pointer; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  summary::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: #46a758; }
  .as-of summary::before { background: #f5a524; }
  .disconnected summary::before { background: #e5484d; }
  form { display: grid; gap: 10px; padding: 6px 14px 14px; }
  label { display: grid; gap: 4px; }
  input { font: inherit; padding: 4px 8px; min-height: 32px; color: inherit; background: light-dark(#fff, #111113); border: 1px solid light-dark(#8a8a92, #71717a); border-radius: 6px; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; }
  p { margin: 0; color: light-dark(#8a5200, #ffd08a); }
  p:empty { display: none; }`;

const CLOCK_URL = "/-/digest/clock";
let elements = null;
let times = { clock: "", next: "" };

/** Shows the times of a build event: as of when the site is shown, and when it changes next by itself. */
export function showClock({ clock, next }) {
  times = { clock, next };
  draw();
}

/** Shows whether the event stream is connected. */
export function showConnection(isConnected) {
  elements ??= build();
  elements.content.classList.toggle("disconnected", !isConnected);
  draw();
}

function draw() {
  elements ??= build();
  const isDisconnected = elements.content.classList.contains("disconnected");
  elements.content.classList.toggle("as-of", Boolean(times.clock));
  elements.summary.textContent = isDisconnected ? "Preview stopped: this page may be out of date"
    : times.clock ? `As of ${formatTime(times.clock)}` : "Now";
  elements.next.hidden = !times.next;
  elements.next.textContent = times.next ? `Next change: ${formatTime(times.next)}` : "";
  elements.now.hidden = !times.clock;
}

function build() {
  const { content } = addWidget("clock", STYLE, { "aria-label": "Time of the preview" });
  const summary = make("summary");
  const input = make("input", { type: "datetime-local", required: true });
  const status = make("p", { role: "status" });
  const show = (time) => setClock(time, status);
  const next = make("button", { type: "button", onclick: () => show(times.next) });
  const now = make("button", { type: "button", onclick: () => show(null) }, "Back to now");
  const details = make("details", {
    onkeydown: (event) => { if (event.key === "Escape") { details.open = false; summary.focus(); } },
  }, summary, make("form", { onsubmit: (event) => { event.preventDefault(); show(input.value); } },
    make("label", {}, "Show the site as of", input),
    make("div", { class: "row" }, make("button", {}, "Show"),
      make("button", { type: "button", onclick: () => show(tomorrowMorning()) }, "Tomorrow 06:00"), next, now),
    status));
  content.append(details);
  trackCoveredHeight(content);
  return { content, summary, next, now };
}

async function setClock(now, status) {
  status.textContent = "";
  const response = await send(CLOCK_URL, { now });
  if (!response.ok) status.textContent = await response.text();
}

function tomorrowMorning() {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return `${isoDay(day)}T06:00`;
}

const formatTime = (time) => `${formatDay(time, { weekday: "short", day: "numeric", month: "short" })} ${time.slice(11, 16)}`;
