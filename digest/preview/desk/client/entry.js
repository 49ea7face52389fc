// One entry in the panel: its words, its labels with what speaks for them, its place, its story, where it came from.

import { said, written } from "../dates.js";
import { make } from "../dom.js";
import { ask, tell } from "./api.js";
import { button, count, percent } from "./dom.js";

const STATUSES = [["published", "Published", "P"], ["hold", "Hold", "h"], ["draft", "Draft", ""], ["killed", "Killed", "K"]];

const day = (text) => said(text, { day: "numeric", month: "short", year: "numeric" });

export function drawEntry(panel, state, above) {
  const { desk } = panel;
  const row = { id: state.id, digest: state.digest };
  const change = (wish, words) => desk.change(wish, words, [row]);
  const words = wording(panel, state, change);
  const labels = ["region", "category"].map((field) => labelling(panel, state, field));
  const keys = {
    t: () => words.title.focus(),
    s: () => words.summarise(),
    m: () => panel.body.querySelector("[data-name=merge]").click(),
    w: () => toggle(panel, "origin"),
    i: () => labels.forEach(({ why }) => { why.open = !why.open; }),
    ...(desk.task ? { y: () => panel.letStand() } : {}),
  };
  const about = [state.kind === "brief" ? "Brief" : "Article", day(state.day), ...state.sources, state.byline].filter(Boolean);
  panel.fill("Entry", keys,
    above,
    make("p", { class: "about" }, about.join(" · ")),
    state.issues.map((issue) => make("p", { class: "issue" }, issue)),
    words.form,
    labels.map(({ section }) => section),
    placing(state, change, desk),
    story(panel, state, row),
    corrections(state, change),
    origin(panel, state),
    make("p", { class: "files" }, ...state.files.map(({ file, editor }) =>
      editor ? make("a", { href: editor }, file) : make("span", {}, file))));
}

// --- words

function wording(panel, state, change) {
  const title = make("textarea", { rows: 1, "data-name": "title", "aria-label": "Title", maxlength: 500, value: state.title, class: "headline" });
  const summary = make("textarea", {
    rows: 1, "data-name": "summary", "aria-label": "Summary", maxlength: 2000, value: state.summary, placeholder: "No summary yet: s adds one",
  });
  const save = button("Save", () => keep(), { key: "Enter", "data-name": "save" });
  const form = make("form", { class: "words", onsubmit: (event) => { event.preventDefault(); keep(); } }, title, summary, make("div", { class: "save", hidden: true }, save));
  const differs = () => ({
    ...(title.value.trim() !== state.title && title.value.trim() ? { title: title.value.trim() } : {}),
    ...(summary.value.trim() !== state.summary ? { summary: summary.value.trim() } : {}),
  });
  const keep = async () => {
    const wish = differs();
    if (!Object.keys(wish).length) return;
    panel.head.focus({ preventScroll: true });
    await change(wish, "title" in wish ? "Title saved" : "Summary saved");
  };
  for (const field of [title, summary]) {
    const fit = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
      form.lastChild.hidden = !Object.keys(differs()).length;
    };
    field.addEventListener("input", fit);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); keep(); }
    });
    requestAnimationFrame(fit);
  }
  const summarise = () => {
    if (!summary.value && state.offer) {
      summary.value = state.offer;
      summary.dispatchEvent(new Event("input"));
      summary.select();
    }
    summary.focus();
  };
  return { form, title, summarise };
}

// --- labels

function labelling(panel, state, field) {
  const { desk } = panel;
  const chips = field === "region" ? state.regions : state.categories;
  const sure = field === "region" ? state.region_confidence : state.category_confidence;
  const first = chips.find(({ place }) => place === 1);
  const says = chips.find((chip) => chip.says);
  const choose = async ({ slug, name }) => {
    if (slug === first?.slug) return;
    desk.repeat = { wish: { [field]: slug }, words: `${field === "region" ? "Region" : "Category"}: ${name}` };
    const done = await desk.change({ [field]: slug }, `${first?.name ?? "None"} → ${name}`, [{ id: state.id, digest: state.digest }]);
    if (done) teach(panel, done.states[0], field);
  };
  const buttons = chips.map((chip) => {
    const share = make("span", { class: "share", "aria-hidden": "true" });
    share.style.width = `calc((100% - 24px) * ${chip.score >= 0.04 ? chip.score : 0})`;
    const told = chip.place === 1 ? "" : chip.place ? `, also filed here` : "";
    return make("button", {
      type: "button", class: `chip${chip.place > 1 ? " also" : ""}`, "aria-pressed": String(chip.place === 1), "data-name": `${field} ${chip.slug}`,
      title: `${percent(chip.score)} of what its text says${told}`, onclick: () => choose(chip),
    }, chip.name, chip.place > 1 ? make("span", { class: "unseen" }, ", also") : null, share);
  });
  const how = sure ? make("span", { class: sure < 0.75 ? "sure low" : "sure" }, `${percent(sure)} sure`)
    : make("span", { class: "sure set" }, says && says.slug !== first?.slug ? `the text says ${says.name}` : "set by hand");
  const reasons = first?.reasons ?? [];
  const because = reasons.length ? make("p", { class: "because" }, ...reasons.slice(0, 3).map(evidence)) : null;
  const why = make("details", { class: "why", "data-name": `why ${field}` }, make("summary", {}, "Why"), chips.some((chip) => chip.reasons.length) ? make("dl", {}, ...chips.filter((chip) => chip.reasons.length).sort((a, b) => b.score - a.score).flatMap((chip) => [
      make("dt", {}, chip.name, " ", make("span", { class: "muted" }, percent(chip.score))),
      make("dd", {}, ...chip.reasons.map(evidence)),
    ])) : make("p", { class: "muted" }, "Nothing in the text speaks for any."));
  const name = field === "region" ? "Region" : "Category";
  const section = make("section", { class: "labels", "data-field": field },
    make("h3", {}, name, " ", make("kbd", { "aria-hidden": "true" }, field[0]), how),
    make("div", { class: "chips", role: "group", "aria-label": name }, ...buttons), because, why, make("div", { class: "lesson", "aria-live": "polite" }));
  return { section, why };
}

const evidence = ({ words, table, weight }) =>
  make("span", { class: "witness", title: table }, make("q", {}, words), ` ${weight > 0 ? "+" : ""}${weight.toFixed(1)}`);

/** After a label was changed: the terms that would have told it, each added on a click. */
export async function teach(panel, state, field) {
  const found = await panel.desk.trying(() => ask(`entry/${encodeURIComponent(state.id)}/terms/${field}`));
  const place = panel.body.querySelector(`[data-field=${field}] .lesson`);
  if (!found?.length || !place || panel.state?.id !== state.id) return;
  const name = (field === "region" ? state.regions : state.categories).find(({ place: at }) => at === 1)?.name;
  place.replaceChildren(
    make("h4", {}, "Teach it? A term that would have told:"),
    ...found.map((lesson) => make("div", { class: "term" },
      make("p", {}, make("q", {}, lesson.term.match), ` → ${name}. `, moves(lesson)),
      button("Add to digest.toml", async (event) => {
        const { match, region, category, weight } = lesson.term;
        const { target } = event;
        const done = await panel.desk.send("term", { match, region, category, weight }, `“${match}” is a term now`);
        if (done) target.closest(".lesson").replaceChildren(make("p", {}, `“${match}” stands in digest.toml.`));
      }, { "data-name": `teach ${lesson.term.match}` }),
      lesson.moves.length > 1 ? make("ul", {}, ...lesson.moves.slice(1, 6).map((move) =>
        make("li", { class: move.how }, move.title, move.how === "wrong" ? " (an editor said otherwise)" : ""))) : null)));
}

function moves({ count: all, wrong }) {
  const others = all - 1;
  return `Moves ${others ? count(others, "other headline") : "no other headline"}${wrong ? `, ${wrong} of them wrongly` : ""}.`;
}

// --- rank and status

function placing(state, change, desk) {
  const ranks = Array.from({ length: 10 }, (_, rank) => make("button", {
    type: "button", "aria-pressed": String(state.lead === rank), "aria-label": rank ? `Rank ${rank}` : "No rank", "data-name": `lead ${rank}`,
    onclick: () => desk.send("lead", { row: { id: state.id, digest: state.digest }, rank }, rank ? `Rank ${rank}` : "No rank"),
  }, rank ? String(rank) : "–"));
  const statuses = STATUSES.map(([status, name]) => make("button", {
    type: "button", "aria-pressed": String(state.status === status), "data-name": `status ${status}`, onclick: () => change({ status }, name),
  }, name));
  return [
    make("section", {}, make("h3", {}, "Status"), make("div", { class: "segments", role: "group", "aria-label": "Status" }, ...statuses)),
    make("section", {}, make("h3", {}, "Rank in its edition", state.leads ? null : make("span", { class: "sure set" }, `only on ${day(state.edition)}`)),
      make("div", { class: "segments ten", role: "group", "aria-label": "Rank" }, ...ranks)),
  ];
}

// --- story

function story(panel, state, row) {
  const { desk } = panel;
  const act = (act_, into, words) => desk.send("story", { row, do: act_, into }, words);
  const finder = make("div", { class: "finder", hidden: true });
  const merge = button("Merge into …", () => {
    finder.hidden = !finder.hidden;
    if (!finder.hidden) find(panel, state, finder, act);
  }, { key: "m", "data-name": "merge", "aria-expanded": "false" });
  const members = state.members.map((member) => make("li", {},
    make("button", { type: "button", class: "title", onclick: () => desk.show({ view: "entry", id: member.id }) }, member.title),
    make("span", { class: "muted" }, ` ${day(member.day)}`)));
  return make("section", { class: "story" },
    make("h3", {}, "Story", make("span", { class: "sure set" }, state.members.length ? state.story : "nothing else tells it")),
    members.length ? make("ul", { class: "members" }, ...members) : null,
    make("div", { class: "tools" }, merge,
      state.members.length ? button("Split off", () => act("split", "", "Split off"), { "data-name": "split" }) : null,
      button("Pin", () => act("pin", "", "Pinned to its story"), { "data-name": "pin", title: "Write the story into the page, so that it stays" })),
    finder);
}

function find(panel, state, finder, act) {
  const input = make("input", { type: "search", "aria-label": "Words of a headline", placeholder: "words of a headline", "data-name": "find" });
  const list = make("ul", { class: "found" });
  let asked = 0;
  const search = async () => {
    const now = ++asked;
    const near = await panel.desk.trying(() => ask(`entry/${encodeURIComponent(state.id)}/stories?words=${encodeURIComponent(input.value)}`));
    if (now !== asked || !near) return;
    list.replaceChildren(...near.map(({ story: slug, title, count: entries, score }) => make("li", {},
      make("p", {}, title, make("span", { class: "muted" }, ` ${count(entries, "entry", "entries")}, like it ${percent(score)}`)),
      make("div", { class: "tools" },
        button(state.members.length ? "Merge all" : "Merge", () => act("merge", slug, "Merged"), { "data-name": `into ${slug}` }),
        state.members.length ? button("Move only this", () => act("move", slug, "Moved")) : null))));
    if (!near.length) list.replaceChildren(make("li", {}, input.value ? "No headline has these words." : "No story is near: type words of a headline."));
  };
  input.addEventListener("input", search);
  finder.replaceChildren(input, list);
  input.focus();
  search();
}

// --- corrections

function corrections(state, change) {
  const date = make("input", { type: "date", value: written(new Date()), "aria-label": "Day of the correction" });
  const text = make("textarea", { rows: 2, "aria-label": "What was wrong, said to readers", placeholder: "What was wrong, said to readers", "data-name": "correction" });
  const said = state.corrections.map((one, n) => make("li", {}, make("span", { class: "muted" }, `${day(one.day)} `), one.text, " ",
    button("Remove", () => write(state.corrections.filter((_, other) => other !== n), "Correction removed"), { "aria-label": `Remove the correction ${one.text}` })));
  const write = (list, words) => change({ corrections: list.map((one) => ({ date: one.day, text: one.text })) }, words);
  const add = () => text.value.trim() && date.value
    && write([...state.corrections, { day: date.value, text: text.value.trim() }], "Correction added");
  return make("details", { class: "fold", open: state.corrections.length > 0, "data-name": "corrections" },
    make("summary", {}, "Corrections", state.corrections.length ? ` (${state.corrections.length})` : ""),
    make("ul", {}, ...said), text, make("div", { class: "tools" }, date, button("Add", add)));
}

// --- where from

function origin(panel, state) {
  const place = make("div", { class: "dump", "aria-live": "polite" });
  const details = make("details", { class: "fold", "data-name": "origin" }, make("summary", {}, "Where from ", make("kbd", { "aria-hidden": "true" }, "w")), place);
  details.addEventListener("toggle", async () => {
    if (!details.open || place.childElementCount) return;
    const sources = await panel.desk.trying(() => ask(`entry/${encodeURIComponent(state.id)}/origin`));
    if (!sources) return;
    place.replaceChildren(...sources.flatMap((source) => [
      make("p", { class: "muted" }, `${source.dump}, lines ${source.span}, item ${source.position} from the top, seen ${source.seen.replace("T", " ")}`),
      source.lines.length ? make("ol", { class: "lines", tabindex: "0", "aria-label": "Lines of the dump" }, ...source.lines.map(({ number, text, own }) =>
        make("li", { class: own ? "own" : "", value: number }, make("span", { class: "number", "aria-hidden": "true" }, String(number)), own ? make("mark", {}, text) : text)))
        : make("p", {}, "This dump is not here any more."),
      ...source.also.map((dump) => make("p", { class: "muted" }, `said again in ${dump}`)),
    ]));
    if (!sources.length) place.replaceChildren(make("p", {}, "Made by hand, not by import."));
  });
  return details;
}

function toggle(panel, name) {
  const details = panel.body.querySelector(`[data-name=${name}]`);
  details.open = !details.open;
  details.querySelector("summary").focus();
  details.scrollIntoView({ block: "nearest" });
}

/** Decides between what the wire offers and what an editor has written. */
export const take = (panel, side) => panel.desk.trying(async () => {
  const { state } = panel;
  panel.desk.took(await tell("take", { row: { id: state.id, digest: state.digest }, side }), side === "wire" ? "The wire's is taken" : "Ours stays");
});
