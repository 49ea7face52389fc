// The moment that the preview shows: now, or as of another, to see what an embargo or a schedule will do.

import { add, box } from "./box.js";

const STYLE = `
  .digest { position: fixed; left: 12px; bottom: 12px; border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px #0001; max-width: calc(100vw - 24px); }
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

document.addEventListener("digest:covered", (event) => {
  parts ??= build();
  parts.inside.style.bottom = `${event.detail + 12}px`;
});

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
  const { inside } = box("clock", STYLE);
  inside.setAttribute("aria-label", "The moment that is shown");
  const details = add(inside, "details");
  const summary = add(details, "summary");
  const form = add(details, "form");
  const label = add(form, "label", "Show the site as of");
  const input = add(label, "input");
  input.type = "datetime-local";
  input.required = true;
  const row = add(form, "div", "", "row");
  const show = add(row, "button", "Show");
  const buttons = { morning: "Tomorrow 06:00", next: "", now: "Back to now" };
  for (const [name, text] of Object.entries(buttons)) {
    buttons[name] = add(row, "button", text);
    buttons[name].type = "button";
  }
  const said = add(form, "p");
  said.setAttribute("role", "status");
  form.addEventListener("submit", (event) => { event.preventDefault(); set(input.value, said); });
  buttons.morning.addEventListener("click", () => set(morning(), said));
  buttons.next.addEventListener("click", () => set(last.next, said));
  buttons.now.addEventListener("click", () => set(null, said));
  inside.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { details.open = false; summary.focus(); }
  });
  return { inside, summary, show, ...buttons };
}

async function set(now, said) {
  said.textContent = "";
  const token = document.querySelector("meta[name='digest-token']").content;
  const headers = { "Content-Type": "application/json", "X-Digest-Token": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ now }) });
  if (!answer.ok) said.textContent = await answer.text();
}

function morning() {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T06:00`;
}

// The moment as the site's clock has it, not this machine's.
function words(moment) {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d\d:\d\d)/.exec(moment);
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return `${date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" })} ${time}`;
}
