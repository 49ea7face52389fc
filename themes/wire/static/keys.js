// Keys of the wire: j and k go from line to line, o opens, u goes up, ? says so. They can be switched off, and stay so.
(document => {
  const rows = [...document.querySelectorAll("main .row")], help = document.getElementById("keys"), on = document.getElementById("keys-on");
  let kept = {}, at = -1;
  try { kept = localStorage; } catch { /* it holds for this page alone */ }
  on.checked = kept.keys !== "off";
  on.onchange = () => { kept.keys = on.checked ? "on" : "off"; };
  const ask = () => help.open ? help.close() : help.showModal();
  const go = by => {
    const here = rows.indexOf(document.activeElement.closest(".row"));
    at = Math.max(0, Math.min(rows.length - 1, (here < 0 ? at : here) + by));
    const row = rows[at];
    if (!row) return;
    const target = row.querySelector("h2 a, h3 a") || row;
    if (target === row) row.tabIndex = -1;
    target.focus({preventScroll: true});
    row.scrollIntoView({block: "nearest"});
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    o: () => rows[at]?.querySelector("h2 a, h3 a")?.click(),
    u: () => [...document.querySelectorAll(".crumbs a, .title a")].pop()?.click(),
    "?": ask,
  };
  document.getElementById("help").onclick = ask;
  document.onkeydown = event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    // A keyboard of another script has the same keys in the same places.
    const key = event.key > "~" ? event.code.slice(-1).toLowerCase() : event.key;
    if (!keys[key]) return;
    event.preventDefault();
    keys[key]();
  };
})(document);
