// Put into pages by `digest serve` alone. Reloads when the site has changed, and shows what is wrong with it.
"use strict";
{
  const own = document.currentScript;
  const STYLE = `
    /* important: else the page's own rules would win over those of :host */
    :host { all: initial !important; position: fixed !important; inset: auto 0 0 0 !important;
      z-index: 2147483647 !important; }
    section { max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; background: #1b1b1f; color: #f4f4f5;
      font: 14px/1.5 ui-monospace, monospace; border-top: 4px solid #e5484d; }
    section.warning { border-color: #f5a524; }
    h2 { margin: 0 0 .5rem; font: 600 15px/1.4 system-ui, sans-serif; }
    button { float: right; font: inherit; color: inherit; background: none; border: 1px solid #71717a; border-radius: 4px; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { margin: .75rem 0; }
    a { color: #8ab4f8; }
    pre { margin: .25rem 0; overflow-x: auto; color: #d4d4d8; }
    .hint { color: #a1e3b5; }`;
  let host = null;
  let hidden = "";

  const add = (parent, name, text, className = "") => {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    element.className = className;
    return element;
  };

  const row = (list, issue) => {
    const item = list.appendChild(document.createElement("li"));
    const place = add(item, issue.editor ? "a" : "strong", issue.place);
    if (issue.editor) place.href = issue.editor;
    add(item, "span", ` ${issue.severity}[${issue.code}]: ${issue.message}`);
    if (issue.line) add(item, "pre", issue.caret ? `${issue.line}\n${issue.caret}` : issue.line);
    if (issue.hint) add(item, "div", `hint: ${issue.hint}`, "hint");
  };

  const overlay = (issues) => {
    const now = JSON.stringify(issues);
    host?.remove();
    host = null;
    if (!issues.length || now === hidden) return;
    host = document.body.appendChild(document.createElement("digest-overlay"));
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    const errors = issues.filter((issue) => issue.severity === "error").length;
    const box = add(shadow, "section", "", errors ? "error" : "warning");
    box.setAttribute("role", "status");
    const close = add(box, "button", "hide");
    close.addEventListener("click", () => { hidden = now; overlay(issues); });
    add(box, "h2", errors ? "This page may be old: something is wrong" : "Worth a look");
    const list = box.appendChild(document.createElement("ol"));
    issues.forEach((issue) => row(list, issue));
  };

  const run = (epoch) => epoch.slice(0, epoch.lastIndexOf("-"));
  const source = new EventSource(`${own.dataset.events}?epoch=${own.dataset.epoch}`);
  source.addEventListener("news", (message) => {
    const news = JSON.parse(message.data);
    const here = location.pathname;
    if (here in news.moved) location.replace(news.moved[here]);
    else if (run(news.epoch) !== run(own.dataset.epoch) || news.everything || news.assets.length) location.reload();
    else if (news.changed.includes(here) || news.removed.includes(here)) location.reload();
    else overlay(news.issues);
  });
  addEventListener("pagehide", () => source.close());
}
