// Search form: queries the Pagefind index of the site, which is loaded at the first query.
const box = document.getElementById("search"), form = box.querySelector("form"), list = box.querySelector("ol");
const status = box.querySelector("[role=status]"), more = document.getElementById("more"), messages = box.dataset;
const rowTemplate = box.querySelector("template").content, numberFormat = new Intl.NumberFormat(document.documentElement.lang);
const STEP = 10;
let engine, latest = 0, timer, remaining = [];

const query = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));

const element = (name, properties) => Object.assign(document.createElement(name), properties);

// Pagefind marks words with <mark>, and writes < and > of the text as entities.
const highlighted = text => text.split(/<\/?mark>/).map((part, n) => {
  const plain = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  if (n % 2 === 0) return plain;
  return element("mark", {textContent: plain});
});

const rowOf = ({url, excerpt, meta}) => {
  const row = rowTemplate.cloneNode(true), find = name => row.querySelector(name);
  find("a").href = url;
  find("a").textContent = meta.title;
  find(".meta").prepend(element("time", {dateTime: meta.day, textContent: meta.date}), " ");
  find("bdi").textContent = meta.region;
  // The excerpt of an entry without a body is its headline: do not show it twice.
  if (excerpt.replace(/<.?mark>|\.$/g, "") !== meta.title) find(".excerpt").append(...highlighted(excerpt));
  return row;
};

const show = async request => {
  const results = await Promise.all(remaining.slice(0, STEP).map(result => result.data()));
  if (request !== latest) return;
  const first = list.children.length;
  list.append(...results.map(rowOf));
  remaining = remaining.slice(STEP);
  more.hidden = !remaining.length;
  if (first) list.children[first].querySelector("a").focus();
};

const search = async () => {
  const request = ++latest, {q = null, when = "", ...filters} = query();
  if (when) filters[when.length > 4 ? "month" : "year"] = when;
  history.replaceState(null, "", "?" + new URLSearchParams(query()));
  let results = [];
  const hasQuery = q || Object.keys(filters).length;
  if (hasQuery) {
    engine ??= import(messages.index);
    results = (await (await engine).search(q, {filters, sort: q ? {} : {date: "desc"}})).results;
  }
  if (request !== latest) return;
  list.replaceChildren();
  remaining = results;
  status.textContent = !hasQuery ? "" : results.length ? messages.found.replace("#", numberFormat.format(results.length)) : messages.none;
  await show(request);
};

const searchNow = () => { clearTimeout(timer); search().catch(() => { engine = undefined; status.textContent = messages.failed; }); };
form.onsubmit = event => { event.preventDefault(); searchNow(); };
form.onchange = searchNow;
form.oninput = () => { clearTimeout(timer); timer = setTimeout(searchNow, 250); };
more.onclick = () => show(latest);

for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
box.hidden = false;
if (Object.keys(query()).length) searchNow();
