// Entry view of the panel: title and summary, labels with their evidence, status, rank, story, corrections, source.

import { formatDay, isoDay } from "../dates.js";
import { make } from "../dom.js";
import { get, post } from "./api.js";
import { button, count, percent } from "./dom.js";

const STATUSES = [["published", "Published"], ["hold", "Hold"], ["draft", "Draft"], ["killed", "Killed"]];

const day = (text) => formatDay(text, { day: "numeric", month: "short", year: "numeric" });
const refTo = ({ id, digest }) => ({ id, digest });

export function drawEntry(panel, state, taskBox) {
  const { desk } = panel;
  const change = (changes, message) => desk.change(changes, message, [refTo(state)]);
  const textForm = textFields(panel, state, change);
  const labels = ["region", "category"].map((field) => labelSection(panel, state, field));
  const actions = {
    t: () => textForm.title.focus(),
    s: () => textForm.editSummary(),
    m: () => panel.body.querySelector("[data-name=merge]").click(),
    w: () => toggleDetails(panel, "origin"),
    i: () => labels.forEach(({ evidence }) => { evidence.open = !evidence.open; }),
    ...(desk.task ? { y: () => panel.dismissTask() } : {}),
  };
  const metadata = [state.kind === "brief" ? "Brief" : "Article", day(state.day), ...state.sources, state.byline].filter(Boolean);
  panel.fill("Entry", actions,
    taskBox,
    make("p", { class: "metadata" }, metadata.join(" · ")),
    state.issues.map((issue) => make("p", { class: "issue" }, issue)),
    textForm.form,
    labels.map(({ section }) => section),
    statusAndRank(state, change, desk),
    storySection(panel, state),
    correctionSection(state, change),
    sourceSection(panel, state),
    make("p", { class: "files" }, ...state.files.map(({ file, editor }) =>
      editor ? make("a", { href: editor }, file) : make("span", {}, file))));
}

// --- title and summary

function textFields(panel, state, change) {
  const title = make("textarea", { rows: 1, "data-name": "title", "aria-label": "Title", maxlength: 500, value: state.title, class: "headline" });
  const summary = make("textarea", {
    rows: 1, "data-name": "summary", "aria-label": "Summary", maxlength: 2000, value: state.summary, placeholder: "No summary yet: press s to add one",
  });
  const saveButton = button("Save", () => save(), { key: "Enter", "data-name": "save" });
  const form = make("form", { class: "text-fields", onsubmit: (event) => { event.preventDefault(); save(); } }, title, summary, make("div", { class: "save", hidden: true }, saveButton));
  const changed = () => ({
    ...(title.value.trim() !== state.title && title.value.trim() ? { title: title.value.trim() } : {}),
    ...(summary.value.trim() !== state.summary ? { summary: summary.value.trim() } : {}),
  });
  const save = async () => {
    const changes = changed();
    if (!Object.keys(changes).length) return;
    panel.heading.focus({ preventScroll: true });
    await change(changes, "title" in changes ? "Title saved" : "Summary saved");
  };
  for (const field of [title, summary]) {
    const onInput = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
      form.lastChild.hidden = !Object.keys(changed()).length;
    };
    field.addEventListener("input", onInput);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); }
    });
    requestAnimationFrame(onInput);
  }
  const editSummary = () => {
    if (!summary.value && state.suggested_summary) {
      summary.value = state.suggested_summary;
      summary.dispatchEvent(new Event("input"));
      summary.select();
    }
    summary.focus();
  };
  return { form, title, editSummary };
}

// --- labels

function labelSection(panel, state, field) {
  const { desk } = panel;
  const choices = field === "region" ? state.regions : state.categories;
  const confidence = field === "region" ? state.region_confidence : state.category_confidence;
  const name = field === "region" ? "Region" : "Category";
  const first = choices.find(({ position }) => position === 1);
  const predicted = choices.find((choice) => choice.is_predicted);
  const choose = async (choice) => {
    if (choice.slug === first?.slug) return;
    desk.repeat = { changes: { [field]: choice.slug }, message: `${name}: ${choice.name}` };
    const response = await desk.change({ [field]: choice.slug }, `${first?.name ?? "None"} → ${choice.name}`, [refTo(state)]);
    if (response) suggestTerms(panel, response.states[0], field);
  };
  const status = confidence ? make("span", { class: confidence < 0.75 ? "note low" : "note" }, `${percent(confidence)} sure`)
    : make("span", { class: "note" }, predicted && predicted.slug !== first?.slug ? `the text suggests ${predicted.name}` : "set by hand");
  const reasons = first?.reasons ?? [];
  const summary = reasons.length ? make("p", { class: "evidence" }, ...reasons.slice(0, 3).map(reasonItem)) : null;
  const evidence = evidenceDetails(choices, field);
  const section = make("section", { class: "labels", "data-field": field },
    make("h3", {}, name, " ", make("kbd", { "aria-hidden": "true" }, field[0]), status),
    make("div", { class: "chips", role: "group", "aria-label": name }, ...choices.map((choice) => labelButton(choice, field, () => choose(choice)))),
    summary, evidence, make("div", { class: "suggestions", "aria-live": "polite" }));
  return { section, evidence };
}

function labelButton(choice, field, onclick) {
  const isFirst = choice.position === 1;
  const isOther = choice.position > 1;
  const share = make("span", { class: "share", "aria-hidden": "true" });
  share.style.width = `calc((100% - 24px) * ${choice.score >= 0.04 ? choice.score : 0})`;
  return make("button", {
    type: "button", class: `chip${isOther ? " also" : ""}`, "aria-pressed": String(isFirst), "data-name": `${field} ${choice.slug}`,
    title: `${percent(choice.score)} of the evidence in the text${isOther ? ", also assigned" : ""}`, onclick,
  }, choice.name, isOther ? make("span", { class: "visually-hidden" }, ", also assigned") : null, share);
}

function evidenceDetails(choices, field) {
  const withEvidence = choices.filter((choice) => choice.reasons.length).sort((a, b) => b.score - a.score);
  return make("details", { class: "why", "data-name": `why ${field}` }, make("summary", {}, "Why"), withEvidence.length ? make("dl", {}, ...withEvidence.flatMap((choice) => [
    make("dt", {}, choice.name, " ", make("span", { class: "muted" }, percent(choice.score))),
    make("dd", {}, ...choice.reasons.map(reasonItem)),
  ])) : make("p", { class: "muted" }, "The text has no evidence for any label."));
}

const reasonItem = ({ words, table, weight }) =>
  make("span", { class: "reason", title: table }, make("q", {}, words), ` ${weight > 0 ? "+" : ""}${weight.toFixed(1)}`);

/** Shows terms that would give the label that was just chosen. A click adds a term to digest.toml. */
export async function suggestTerms(panel, state, field) {
  const suggestions = await panel.desk.showErrors(() => get(`entry/${encodeURIComponent(state.id)}/terms/${field}`));
  const place = panel.body.querySelector(`[data-field=${field}] .suggestions`);
  if (!suggestions?.length || !place || panel.state?.id !== state.id) return;
  const name = (field === "region" ? state.regions : state.categories).find(({ position }) => position === 1)?.name;
  place.replaceChildren(
    make("h4", {}, "Add a term? These terms would give this label:"),
    ...suggestions.map((suggestion) => make("div", { class: "term" },
      make("p", {}, make("q", {}, suggestion.term.match), ` → ${name}. `, affectedCount(suggestion)),
      button("Add to digest.toml", async (event) => {
        const { match, region, category, weight } = suggestion.term;
        const { target } = event;
        const response = await panel.desk.send("term", { match, region, category, weight }, `Term “${match}” added`);
        if (response) target.closest(".suggestions").replaceChildren(make("p", {}, `“${match}” is now in digest.toml.`));
      }, { "data-name": `term ${suggestion.term.match}` }),
      suggestion.affected.length > 1 ? make("ul", {}, ...suggestion.affected.slice(1, 6).map(({ title, effect }) =>
        make("li", { class: effect }, title, effect === "wrong" ? " (an editor chose another label)" : ""))) : null)));
}

function affectedCount({ count: all, wrong }) {
  const others = all - 1;
  return `Changes the label of ${others ? count(others, "other headline") : "no other headline"}${wrong ? `, of ${wrong} wrongly` : ""}.`;
}

// --- status and rank

function statusAndRank(state, change, desk) {
  const ranks = Array.from({ length: 10 }, (_, rank) => make("button", {
    type: "button", "aria-pressed": String(state.lead === rank), "aria-label": rank ? `Rank ${rank}` : "No rank", "data-name": `lead ${rank}`,
    onclick: () => desk.send("lead", { entry: refTo(state), rank }, rank ? `Rank ${rank}` : "No rank"),
  }, rank ? String(rank) : "–"));
  const statuses = STATUSES.map(([status, name]) => make("button", {
    type: "button", "aria-pressed": String(state.status === status), "data-name": `status ${status}`, onclick: () => change({ status }, name),
  }, name));
  return [
    make("section", {}, make("h3", {}, "Status"), make("div", { class: "segments", role: "group", "aria-label": "Status" }, ...statuses)),
    make("section", {}, make("h3", {}, "Rank in its edition", state.rank_counts ? null : make("span", { class: "note" }, `only on ${day(state.edition)}`)),
      make("div", { class: "segments ten", role: "group", "aria-label": "Rank" }, ...ranks)),
  ];
}

// --- story

function storySection(panel, state) {
  const { desk } = panel;
  const act = (action, story, message) => desk.send("story", { entry: refTo(state), action, story }, message);
  const search = make("div", { class: "story-search", hidden: true });
  const merge = button("Merge into …", () => {
    search.hidden = !search.hidden;
    if (!search.hidden) drawStorySearch(panel, state, search, act);
  }, { key: "m", "data-name": "merge", "aria-expanded": "false" });
  const members = state.members.map((member) => make("li", {},
    make("button", { type: "button", class: "title", onclick: () => desk.show({ view: "entry", id: member.id }) }, member.title),
    make("span", { class: "muted" }, ` ${day(member.day)}`)));
  return make("section", { class: "story" },
    make("h3", {}, "Story", make("span", { class: "note" }, state.members.length ? state.story : "no other entry")),
    members.length ? make("ul", { class: "members" }, ...members) : null,
    make("div", { class: "tools" }, merge,
      state.members.length ? button("Split off", () => act("split", "", "Split off"), { "data-name": "split" }) : null,
      button("Pin", () => act("pin", "", "Pinned to its story"), { "data-name": "pin", title: "Write the story into the page, so that import does not change it" })),
    search);
}

function drawStorySearch(panel, state, search, act) {
  const input = make("input", { type: "search", "aria-label": "Words of a headline", placeholder: "words of a headline", "data-name": "find" });
  const list = make("ul", { class: "results" });
  let request = 0;
  const update = async () => {
    const own = ++request;
    const candidates = await panel.desk.showErrors(() => get(`entry/${encodeURIComponent(state.id)}/stories?words=${encodeURIComponent(input.value)}`));
    if (own !== request || !candidates) return;
    list.replaceChildren(...candidates.map(({ story, title, entry_count: entries, score }) => make("li", {},
      make("p", {}, title, make("span", { class: "muted" }, ` ${count(entries, "entry", "entries")}, ${percent(score)} similar`)),
      make("div", { class: "tools" },
        button(state.members.length ? "Merge all" : "Merge", () => act("merge", story, "Merged"), { "data-name": `into ${story}` }),
        state.members.length ? button("Move only this entry", () => act("move", story, "Moved")) : null))));
    if (!candidates.length) list.replaceChildren(make("li", {}, input.value ? "No headline has these words." : "No similar story. Type words of a headline."));
  };
  input.addEventListener("input", update);
  search.replaceChildren(input, list);
  input.focus();
  update();
}

// --- corrections

function correctionSection(state, change) {
  const date = make("input", { type: "date", value: isoDay(new Date()), "aria-label": "Date of the correction" });
  const text = make("textarea", { rows: 2, "aria-label": "Correction for readers", placeholder: "Correction for readers", "data-name": "correction" });
  const items = state.corrections.map((correction, n) => make("li", {}, make("span", { class: "muted" }, `${day(correction.day)} `), correction.text, " ",
    button("Remove", () => write(state.corrections.filter((_, other) => other !== n), "Correction removed"), { "aria-label": `Remove the correction ${correction.text}` })));
  const write = (list, message) => change({ corrections: list.map((correction) => ({ date: correction.day, text: correction.text })) }, message);
  const add = () => text.value.trim() && date.value
    && write([...state.corrections, { day: date.value, text: text.value.trim() }], "Correction added");
  return make("details", { class: "fold", open: state.corrections.length > 0, "data-name": "corrections" },
    make("summary", {}, "Corrections", state.corrections.length ? ` (${state.corrections.length})` : ""),
    make("ul", {}, ...items), text, make("div", { class: "tools" }, date, button("Add", add)));
}

// --- source

function sourceSection(panel, state) {
  const content = make("div", { class: "dump", "aria-live": "polite" });
  const details = make("details", { class: "fold", "data-name": "origin" }, make("summary", {}, "Source ", make("kbd", { "aria-hidden": "true" }, "w")), content);
  details.addEventListener("toggle", async () => {
    if (!details.open || content.childElementCount) return;
    const sources = await panel.desk.showErrors(() => get(`entry/${encodeURIComponent(state.id)}/origin`));
    if (!sources) return;
    content.replaceChildren(...sources.flatMap((source) => [
      make("p", { class: "muted" }, `${source.dump}, lines ${source.line_range}, item ${source.position} from the top, seen ${source.seen.replace("T", " ")}`),
      source.lines.length ? make("ol", { class: "lines", tabindex: "0", "aria-label": "Lines of the dump" }, ...source.lines.map(({ number, text, is_own: isOwn }) =>
        make("li", { class: isOwn ? "own" : "", value: number }, make("span", { class: "number", "aria-hidden": "true" }, String(number)), isOwn ? make("mark", {}, text) : text)))
        : make("p", {}, "This dump no longer exists."),
      ...source.repeated_in.map((dump) => make("p", { class: "muted" }, `repeated in ${dump}`)),
    ]));
    if (!sources.length) content.replaceChildren(make("p", {}, "Written by hand, not imported."));
  });
  return details;
}

function toggleDetails(panel, name) {
  const details = panel.body.querySelector(`[data-name=${name}]`);
  details.open = !details.open;
  details.querySelector("summary").focus();
  details.scrollIntoView({ block: "nearest" });
}

/** Uses the text of the wire (`side` "wire"), or keeps the editor's text ("ours"). */
export const resolveWithWire = (panel, side) => panel.desk.showErrors(async () => {
  panel.desk.onChanged(await post("take", { entry: refTo(panel.state), side }), side === "wire" ? "Wire text used" : "Our text kept");
});
