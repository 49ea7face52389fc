// Keyboard shortcuts: j and k move between lines, o opens, u goes to the list, ? shows help. The setting on/off is stored.
(document => {
  const rows = [...document.querySelectorAll("main .row")], help = document.getElementById("keys"), on = document.getElementById("keys-on");
  let stored = {}, current = -1;
  try { stored = localStorage; } catch { /* no storage: the setting holds for this page only */ }
  on.checked = stored.keys !== "off";
  on.onchange = () => { stored.keys = on.checked ? "on" : "off"; };
  const toggleHelp = () => help.open ? help.close() : help.showModal();
  const move = by => {
    const focused = rows.indexOf(document.activeElement.closest(".row"));
    current = Math.max(0, Math.min(rows.length - 1, (focused < 0 ? current : focused) + by));
    const row = rows[current];
    if (!row) return;
    const target = row.querySelector("h2 a, h3 a") || row;
    if (target === row) row.tabIndex = -1;
    target.focus({preventScroll: true});
    row.scrollIntoView({block: "nearest"});
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => rows[current]?.querySelector("h2 a, h3 a")?.click(),
    u: () => [...document.querySelectorAll(".crumbs a, .title a")].pop()?.click(),
    "?": toggleHelp,
  };
  document.getElementById("help").onclick = toggleHelp;
  document.onkeydown = event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    // Keyboards of other writing systems: use the position of the key.
    const key = event.key > "~" ? event.code.slice(-1).toLowerCase() : event.key;
    if (!keys[key]) return;
    event.preventDefault();
    keys[key]();
  };
})(document);
