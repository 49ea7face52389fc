// What is wrong with the site, over the last good page. It goes by itself when all is mended. What is only worth a look
// is a button in the corner until somebody looks.

import { add, box } from "./box.js";

const STYLE = `
  :host { inset: auto 0 0 0 !important; }
  :host([data-small]) { inset: auto auto 58px 12px !important; }
  :host([data-small]) .digest { color-scheme: light dark; padding: 0; border: 0; border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px #0001; }
  .look { min-height: 36px; padding: 4px 14px; border: 0; border-radius: 18px; }
  .look::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-inline-end: 8px; border-radius: 50%; background: #f5a524; }
  .digest { color-scheme: dark; max-height: 60vh; overflow: auto; border-top: 4px solid #e5484d; padding: 14px 20px 18px; }
  .digest.warning { border-color: #f5a524; }
  .top { display: flex; align-items: baseline; gap: 12px; max-width: 110ch; }
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
  const { host, inside } = box("overlay", STYLE);
  inside.classList.add(errors ? "error" : "warning");
  inside.setAttribute("role", errors ? "alert" : "status");
  inside.setAttribute("aria-label", "What is wrong with the site");
  if (errors) fill(inside, issues, now, errors);
  else {
    host.dataset.small = "";
    const look = add(inside, "button", issues.length === 1 ? "1 thing worth a look" : `${issues.length} things worth a look`, "look");
    look.addEventListener("click", () => {
      delete host.dataset.small;
      inside.replaceChildren();
      fill(inside, issues, now, errors).focus();
      tell();
    });
  }
  return host;
}

function fill(inside, issues, now, errors) {
  const top = add(inside, "div", "", "top");
  add(top, "h2", errors ? "This page may be old: something is wrong" : "Worth a look");
  const hide = add(top, "button", "Hide");
  hide.addEventListener("click", () => { hidden = now; overlay([]); hidden = now; });
  inside.addEventListener("keydown", (event) => { if (event.key === "Escape") hide.click(); });
  const list = add(inside, "ol");
  for (const issue of issues) row(list, issue);
  return hide;
}

function row(list, issue) {
  const item = add(list, "li");
  const place = add(item, issue.editor ? "a" : "span", issue.place, "place");
  if (issue.editor) place.href = issue.editor;
  add(item, "span", `${issue.severity}[${issue.code}]: `, "code");
  item.append(issue.message);
  if (issue.line) {
    const lines = add(item, "pre", issue.caret ? `${issue.line}\n${issue.caret}` : issue.line);
    lines.tabIndex = 0;
  }
  if (issue.hint) add(item, "div", `hint: ${issue.hint}`, "hint");
}
