// Somebody else was faster: both versions side by side, and one of them is chosen. Nothing was written so far.

import { make } from "../dom.js";
import { ask, tell } from "./api.js";
import { button, count } from "./dom.js";

/** Asks which version is to stand. Gives what was written in the end, or null. */
export function settle(desk, path, body, words, conflicts) {
  return new Promise((done) => {
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      done(answer);
    };
    const mine = () => again(desk, path, body, words, conflicts).then(end);
    const theirs = () => leave(desk, path, conflicts).then(() => end(null));
    const undoing = path === "undo";
    const dialog = make("dialog", { class: "conflict", "aria-labelledby": "conflict" },
      make("h2", { id: "conflict", tabindex: "-1" }, `Changed meanwhile: ${count(conflicts.length, "file")}`),
      make("p", {}, undoing
        ? "Somebody has changed it since. Nothing was taken back so far."
        : "Somebody has changed it since you looked at it. Nothing was written so far. To keep yours puts your change into their version; what else they wrote stays."),
      ...conflicts.map((conflict) => versions(conflict, undoing)),
      make("div", { class: "tools" },
        button(undoing ? "Take it back all the same" : "Keep mine", mine, { "data-name": "mine", class: "first" }),
        button("Keep theirs", theirs, { "data-name": "theirs" })));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); theirs(); });
    desk.panel.box.getRootNode().append(dialog);
    dialog.showModal();
    dialog.querySelector("h2").focus();
  });
}

function versions({ file, mine, theirs }, undoing) {
  const [left, right] = marked(mine ?? "", theirs ?? "");
  const side = (name, lines, gone) => make("div", {}, make("h4", {}, name),
    gone ? make("p", {}, "The file is gone.") : make("pre", { tabindex: "0", "aria-label": `${name}: ${file}` }, ...lines));
  return make("section", {}, make("h3", {}, file),
    make("div", { class: "sides" }, side(undoing ? "As it was" : "Mine", left, mine === null), side("Theirs", right, theirs === null)));
}

/** Both texts by lines; what only one of them has is marked. Longest common subsequence, with equal ends cut off. */
function marked(mine, theirs) {
  const a = mine.split("\n"), b = theirs.split("\n");
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const kept = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const draw = (lines, which) => lines.map((line, n) => {
    const middle = n >= start && n < lines.length - end;
    const own = middle && !kept[which].has(n - start);
    return make(own ? "ins" : "span", {}, `${line}\n`);
  });
  return [draw(a, 0), draw(b, 1)];
}

function common(a, b) {
  const found = [new Set(), new Set()];
  if (a.length * b.length > 1e6) return found;
  const long = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) long[i][j] = a[i] === b[j] ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { found[0].add(i++); found[1].add(j++); }
    else if (long[i + 1][j] >= long[i][j + 1]) i++;
    else j++;
  }
  return found;
}

/** The same change on what stands there now. */
async function again(desk, path, body, words, conflicts) {
  if (path === "undo") return desk.send(path, { how: "force" }, words);
  if (path === "term") return desk.send(path, body, words);
  const now = new Map();
  for (const { entry } of conflicts) {
    const state = entry && await desk.trying(() => ask(`entry/${encodeURIComponent(entry)}`));
    if (state) now.set(entry, state.digest);
  }
  const fresh = (row) => ({ ...row, digest: now.get(row.id) ?? row.digest });
  return desk.send(path, body.rows ? { ...body, rows: body.rows.map(fresh) } : { ...body, row: fresh(body.row) }, words);
}

async function leave(desk, path, conflicts) {
  if (path === "undo") {
    await desk.trying(async () => desk.took(await tell("undo", { how: "drop" })));
    return;
  }
  desk.say("Theirs stays");
  const { open } = desk;
  if (open?.view === "entry" && conflicts.some(({ entry }) => entry === open.id)) await desk.show(open);
  await desk.refresh();
}
