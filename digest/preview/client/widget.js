// Frame of the preview's own elements on a page: a host element with a shadow root and basic styles.

import { attachShadow, make } from "./dom.js";

const BASE = `
  /* !important: rules of the page would otherwise override those of :host */
  :host { all: initial !important; position: fixed !important; z-index: 2147483646 !important; }
  :host([hidden]) { display: none !important; }
  * { box-sizing: border-box; }
  .digest { font: 14px/1.5 system-ui, sans-serif; color-scheme: light dark;
    color: light-dark(#1a1a1c, #f4f4f5); background: light-dark(#fff, #1b1b1f); }
  button, a.button { min-height: 28px; padding: 2px 10px; font: inherit; color: inherit; background: none;
    border: 1px solid light-dark(#8a8a92, #71717a); border-radius: 6px; cursor: pointer; }
  button:hover { background: light-dark(#ececef, #2e2e34); }
  :focus-visible { outline: 2px solid light-dark(#1a5fb4, #8ab4f8); outline-offset: 2px; }
  a { color: light-dark(#1a5fb4, #8ab4f8); }`;

/** Adds a widget to the page. Returns its host element and the section to fill. */
export function addWidget(name, css, attributes = {}) {
  const host = make(`digest-${name}`);
  const content = make("section", { class: "digest", ...attributes });
  attachShadow(host, BASE + css).append(content);
  document.body.append(host);
  return { host, content };
}
