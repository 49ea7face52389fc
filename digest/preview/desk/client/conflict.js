// Conflict dialog: shows both versions of files that have changed since, and lets the editor choose one.

import { make } from "../dom.js";
import { get, post } from "./api.js";
import { button, count } from "./dom.js";

/** Asks which version to keep. Resolves to the response of the change that was written in the end, or to null. */
export function resolveConflicts(desk, path, body, message, conflicts) {
  return new Promise((resolve) => {
    const end = (response) => {
      dialog.close();
      dialog.remove();
      resolve(response);
    };
    const keepMine = () => retry(desk, path, body, message, conflicts).then(end);
    const keepTheirs = () => abandon(desk, path, conflicts).then(() => end(null));
    const isUndo = path === "undo";
    const dialog = make("dialog", { class: "conflict", "aria-labelledby": "conflict" },
      make("h2", { id: "conflict", tabindex: "-1" }, `Conflict: ${count(conflicts.length, "file has changed", "files have changed")}`),
      make("p", {}, isUndo
        ? "Somebody has changed this after the change that you want to undo. Nothing has been undone yet."
        : "Somebody has changed this since you opened it. Nothing has been saved yet. “Keep mine” applies your change to their version; their other changes stay."),
      ...conflicts.map((conflict) => versions(conflict, isUndo)),
      make("div", { class: "tools" },
        button(isUndo ? "Undo anyway" : "Keep mine", keepMine, { "data-name": "mine", class: "primary" }),
        button("Keep theirs", keepTheirs, { "data-name": "theirs" })));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); keepTheirs(); });
    desk.panel.box.getRootNode().append(dialog);
    dialog.showModal();
    dialog.querySelector("h2").focus();
  });
}

function versions({ file, mine, theirs }, isUndo) {
  const [mineLines, theirLines] = diff(mine ?? "", theirs ?? "");
  const side = (name, lines, isDeleted) => make("div", {}, make("h4", {}, name),
    isDeleted ? make("p", {}, "The file does not exist.") : make("pre", { tabindex: "0", "aria-label": `${name}: ${file}` }, ...lines));
  return make("section", {}, make("h3", {}, file),
    make("div", { class: "sides" }, side(isUndo ? "Before the change" : "Mine", mineLines, mine === null), side("Theirs", theirLines, theirs === null)));
}

/** Both texts as lines; lines that only one text has are marked. Longest common subsequence, without equal ends. */
function diff(mine, theirs) {
  const a = mine.split("\n"), b = theirs.split("\n");
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const common = commonLines(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const draw = (lines, side) => lines.map((line, n) => {
    const isInMiddle = n >= start && n < lines.length - end;
    const isDifferent = isInMiddle && !common[side].has(n - start);
    return make(isDifferent ? "ins" : "span", {}, `${line}\n`);
  });
  return [draw(a, 0), draw(b, 1)];
}

/** Line numbers of the longest common subsequence in each text; empty for texts that are too long to compare. */
function commonLines(a, b) {
  const common = [new Set(), new Set()];
  if (a.length * b.length > 1e6) return common;
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { common[0].add(i++); common[1].add(j++); }
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return common;
}

/** Sends the same change again, based on the current files. */
async function retry(desk, path, body, message, conflicts) {
  if (path === "undo") return desk.send(path, { mode: "force" }, message);
  if (path === "term") return desk.send(path, body, message);
  const digests = new Map();
  for (const { entry } of conflicts) {
    const state = entry && await desk.showErrors(() => get(`entry/${encodeURIComponent(entry)}`));
    if (state) digests.set(entry, state.digest);
  }
  const current = (ref) => ({ ...ref, digest: digests.get(ref.id) ?? ref.digest });
  return desk.send(path, body.entries ? { ...body, entries: body.entries.map(current) } : { ...body, entry: current(body.entry) }, message);
}

/** Keeps the current files and shows them. */
async function abandon(desk, path, conflicts) {
  if (path === "undo") {
    await desk.showErrors(async () => desk.onChanged(await post("undo", { mode: "drop" })));
    return;
  }
  desk.say("Their version is kept");
  const { open } = desk;
  if (open?.view === "entry" && conflicts.some(({ entry }) => entry === open.id)) await desk.show(open);
  await desk.refresh();
}
