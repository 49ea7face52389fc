// What is wrong with the site, over the last good page. It goes by itself when all is mended. What is only worth a look
// is a button in the corner until somebody looks.

import { box } from "./box.js";
import { make } from "./dom.js";

const STYLE = `
  :host { inset: auto 0 0 0 !important; }
  :host([data-small]) { inset: auto auto 58px 12px !important; }
  :host([data-small]) .digest { color-scheme: light dark; padding: 0; border: 0; border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px light-dark(#0001, #fff3); }
  .look { min-height: 36px; padding: 4px 14px; border: 0; border-radius: 18px; }
  .look::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-inline-end: 8px; border-radius: 50%; background: #f5a524; }
  .digest { color-scheme: dark; max-height: 60vh; overflow: auto; border-top: 4px solid #e5484d; padding: 14px 20px 18px; }
  .digest.warning { border-color: #f5a524; }
  .top { display: flex; align-items: baseline; gap: 12px; }
  h2 { margin: 0; flex: 1; font-size: 15px; font-weight: 650; }
  ol { margin: 0; padding: 0; list-style: none; max-width: 110ch; }
  li { padding: 10px 0; border-top: 1px solid #33333a; }
  li:first-child { border: 0; }
  code, pre, .place { font-family: ui-monospace, monospace; font-size: 13px; }
  .place { display: block; }
  .code { color: #ff9a9e; }
  .warning .code { color: #ffd08a; }
  pre { margin: 6px 0 0; padding: 8px 10px; overflow-x: auto; background: #111113; border-radius: 4px; line-height: 1.35; }
  .hint { color: #a1e3b5; }`;

addEventListener("resize", tell);

let shown = null;
let hidden = "";

/** Shows these issues in place of those before; none: nothing. */
export function overlay(issues) {
  const now = JSON.stringify(issues);
  if (shown?.now === now) return;
  shown?.host.remove();
  shown = null;
  if (!issues.length) hidden = "";
  else if (now !== hidden) shown = { now, host: draw(issues, now) };
  tell();
}

/** Says how much of the window's lower edge is covered. */
function tell() {
  const height = shown && !("small" in shown.host.dataset) ? shown.host.getBoundingClientRect().height : 0;
  document.dispatchEvent(new CustomEvent("digest:covered", { detail: height }));
}

function draw(issues, now) {
  const errors = issues.filter((issue) => issue.severity === "error").length;
  const { host, inside } = box("overlay", STYLE, { role: errors ? "alert" : "status", "aria-label": "What is wrong with the site" });
  inside.classList.add(errors ? "error" : "warning");
  const hide = make("button", { onclick: () => { hidden = now; overlay([]); hidden = now; } }, "Hide");
  const whole = [
    make("div", { class: "top" }, make("h2", {}, errors ? "This page may be old: something is wrong" : "Worth a look"), hide),
    make("ol", {}, issues.map(row)),
  ];
  inside.addEventListener("keydown", (event) => { if (event.key === "Escape") hide.click(); });
  if (errors) inside.append(...whole);
  else {
    host.dataset.small = "";
    const look = () => {
      delete host.dataset.small;
      inside.replaceChildren(...whole);
      hide.focus();
      tell();
    };
    inside.append(make("button", { class: "look", onclick: look }, issues.length === 1 ? "1 thing worth a look" : `${issues.length} things worth a look`));
  }
  return host;
}

function row(issue) {
  const lines = issue.caret ? `${issue.line}\n${issue.caret}` : issue.line;
  return make("li", {},
    issue.editor ? make("a", { class: "place", href: issue.editor }, issue.place) : make("span", { class: "place" }, issue.place),
    make("span", { class: "code" }, `${issue.severity}[${issue.code}]: `), issue.message,
    lines && make("pre", { tabindex: "0" }, lines),
    issue.hint && make("div", { class: "hint" }, `hint: ${issue.hint}`));
}
