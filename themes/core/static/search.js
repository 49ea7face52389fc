// The search: asks the index that stands beside the pages, and loads that when it is wanted.
const box = document.getElementById("search"), form = box.querySelector("form"), list = box.querySelector("ol");
const status = box.querySelector("[role=status]"), more = document.getElementById("more"), say = box.dataset;
const shape = box.querySelector("template").content, numbers = new Intl.NumberFormat(document.documentElement.lang);
const STEP = 10;
let engine, turn = 0, timer, rest = [];

const asked = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));

const made = (name, said) => Object.assign(document.createElement(name), said);

// Pagefind marks words with <mark>, and writes < and > of the text as entities.
const marked = text => text.split(/<\/?mark>/).map((part, n) => {
  const plain = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  if (n % 2 === 0) return plain;
  return made("mark", {textContent: plain});
});

const drawn = ({url, excerpt, meta}) => {
  const row = shape.cloneNode(true), at = name => row.querySelector(name);
  at("a").href = url;
  at("a").textContent = meta.title;
  at(".meta").prepend(made("time", {dateTime: meta.day, textContent: meta.date}), " ");
  at("bdi").textContent = meta.region;
  // Of an entry that has no more than a headline the excerpt is that headline.
  if (excerpt.replace(/<.?mark>|\.$/g, "") !== meta.title) at(".excerpt").append(...marked(excerpt));
  return row;
};

const show = async mine => {
  const found = await Promise.all(rest.slice(0, STEP).map(result => result.data()));
  if (mine !== turn) return;
  const first = list.children.length;
  list.append(...found.map(drawn));
  rest = rest.slice(STEP);
  more.hidden = !rest.length;
  if (first) list.children[first].querySelector("a").focus();
};

const seek = async () => {
  const mine = ++turn, {q = null, when = "", ...filters} = asked();
  if (when) filters[when.length > 4 ? "month" : "year"] = when;
  history.replaceState(null, "", "?" + new URLSearchParams(asked()));
  let results = [];
  const wanted = q || Object.keys(filters).length;
  if (wanted) {
    engine ??= import(say.index);
    results = (await (await engine).search(q, {filters, sort: q ? {} : {date: "desc"}})).results;
  }
  if (mine !== turn) return;
  list.replaceChildren();
  rest = results;
  status.textContent = !wanted ? "" : results.length ? say.found.replace("#", numbers.format(results.length)) : say.none;
  await show(mine);
};

const go = () => { clearTimeout(timer); seek().catch(() => { engine = undefined; status.textContent = say.failed; }); };
form.onsubmit = event => { event.preventDefault(); go(); };
form.onchange = go;
form.oninput = () => { clearTimeout(timer); timer = setTimeout(go, 250); };
more.onclick = () => show(turn);

for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
box.hidden = false;
if (Object.keys(asked()).length) go();
