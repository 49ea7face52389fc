// A box of ours on somebody's page.

import { make, shade } from "./dom.js";

const BASE = `
  /* important: else the page's own rules would win over those of :host */
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

/** A new box on this page. Returns its host element and the section to fill. */
export function box(name, rules, traits = {}) {
  const host = make(`digest-${name}`);
  const inside = make("section", { class: "digest", ...traits });
  shade(host, BASE + rules).append(inside);
  document.body.append(host);
  return { host, inside };
}
