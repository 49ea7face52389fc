// Overlay with the issues of the site, above the last page that was built. It disappears when the issues are fixed.
// Warnings without errors show as a button in the corner, which opens the list.

import { make } from "./dom.js";
import { addWidget } from "./widget.js";

const STYLE = `
  :host { inset: auto 0 0 0 !important; }
  :host([data-collapsed]) { inset: auto auto 58px 12px !important; }
  :host([data-collapsed]) .digest { color-scheme: light dark; padding: 0; border: 0; border-radius: 18px; box-shadow: 0 2px 12px #0003, 0 0 0 1px light-dark(#0001, #fff3); }
  .open-list { min-height: 36px; padding: 4px 14px; border: 0; border-radius: 18px; }
  .open-list::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-inline-end: 8px; border-radius: 50%; background: #f5a524; }
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

addEventListener("resize", reportCoveredHeight);

let shown = null;
let hiddenIssues = "";

/** Shows these issues in place of the previous ones; no issues remove the overlay. */
export function showIssues(issues) {
  const json = JSON.stringify(issues);
  if (shown?.json === json) return;
  shown?.host.remove();
  shown = null;
  if (!issues.length) hiddenIssues = "";
  else if (json !== hiddenIssues) shown = { json, host: draw(issues, json) };
  reportCoveredHeight();
}

/** Tells other elements how much of the bottom of the window the overlay covers. */
function reportCoveredHeight() {
  const height = shown && !("collapsed" in shown.host.dataset) ? shown.host.getBoundingClientRect().height : 0;
  document.dispatchEvent(new CustomEvent("digest:covered", { detail: height }));
}

function draw(issues, json) {
  const errors = issues.filter((issue) => issue.severity === "error").length;
  const { host, content } = addWidget("overlay", STYLE, { role: errors ? "alert" : "status", "aria-label": "Issues of the site" });
  content.classList.add(errors ? "error" : "warning");
  const hide = make("button", { onclick: () => { hiddenIssues = json; showIssues([]); hiddenIssues = json; } }, "Hide");
  const list = [
    make("div", { class: "top" }, make("h2", {}, errors ? "Errors: this page may be out of date" : "Warnings"), hide),
    make("ol", {}, issues.map(row)),
  ];
  content.addEventListener("keydown", (event) => { if (event.key === "Escape") hide.click(); });
  if (errors) content.append(...list);
  else {
    host.dataset.collapsed = "";
    const expand = () => {
      delete host.dataset.collapsed;
      content.replaceChildren(...list);
      hide.focus();
      reportCoveredHeight();
    };
    content.append(make("button", { class: "open-list", onclick: expand }, issues.length === 1 ? "1 warning" : `${issues.length} warnings`));
  }
  return host;
}

function row(issue) {
  const excerpt = issue.caret ? `${issue.line}\n${issue.caret}` : issue.line;
  return make("li", {},
    issue.editor ? make("a", { class: "place", href: issue.editor }, issue.place) : make("span", { class: "place" }, issue.place),
    make("span", { class: "code" }, `${issue.severity}[${issue.code}]: `), issue.message,
    excerpt && make("pre", { tabindex: "0" }, excerpt),
    issue.hint && make("div", { class: "hint" }, `hint: ${issue.hint}`));
}
