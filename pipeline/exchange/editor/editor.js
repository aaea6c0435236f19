
// The page as a whole.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const check = makeChecks(data);
const shelf = makeShelf(data);
const works = data.rows.map(function (row) { return { target: row.target, state: row.state, remark: "" }; });
const warned = works.map(function () { return false; });
const by = function (id) { return document.getElementById(id); };
let isUnsaved = false, isTold = false, keeping = 0;
const advising = new Map();

const views = works.map(function (work, at) { return makeView(data, at, work, { changed: changed, next: next, say: say }); });
by("rows").append(...views.map(function (view) { return view.element; }));

function say(text) { by("said").textContent = text; }
function texts(count) { return count === 1 ? words.texts_one : fill(words.texts_many, { count: count }); }
function timeOf(moment) { return new Date(moment).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }); }
function isTodo(work) { return work.state === "new" || work.state === "changed"; }
function isTouched(at) {
  const row = data.rows[at], work = works[at];
  return work.target !== row.target || work.state !== row.state || work.remark !== "";
}

function advise(at) {
  const found = check(data.rows[at], works[at]);
  warned[at] = found.length > 0;
  views[at].advise(found);
}

function progress() {
  const done = works.filter(function (work) { return work.state === "done"; }).length;
  by("progress").value = done;
  by("count").textContent = fill(words.done_of, { done: done, all: works.length });
}

function changed(at) {
  isUnsaved = true;
  say("");
  progress();
  clearTimeout(advising.get(at));
  advising.set(at, setTimeout(function () { advise(at); }, 300));
  clearTimeout(keeping);
  keeping = setTimeout(keep, 500);
}

function keep() {
  clearTimeout(keeping);
  if (shelf.write(works, isUnsaved)) { by("kept").textContent = fill(words.kept, { time: timeOf(Date.now()) }); }
  else { tellNotKept(); }
}

// Said aloud once; at the end of the page it stays.
function tellNotKept() {
  by("kept").textContent = words.not_kept;
  if (!isTold) { say(words.not_kept); }
  isTold = true;
}

// The next text that is to do, below the one that is finished; from the beginning if there is none.
function next(at) {
  const order = works.map(function (_, index) { return (at + 1 + index) % works.length; });
  const found = order.find(function (index) { return isTodo(works[index]) && !views[index].element.hidden; });
  if (found === undefined) { say(words.all_done); by("save").focus(); }
  else { views[found].writeIn(); }
}

function showAll() {
  works.forEach(function (_, at) { views[at].show(); advise(at); });
  progress();
}

function filter() {
  const chosen = document.querySelector("input[name=show]:checked").value;
  const wanted = by("search").value.trim().normalize("NFC").toLowerCase();
  const isShown = {
    all: function () { return true; },
    todo: function (at) { return isTodo(works[at]); },
    question: function (at) { return works[at].state === "question"; },
    warned: function (at) { return warned[at]; }
  }[chosen];
  let count = 0;
  views.forEach(function (view, at) {
    const row = data.rows[at], work = works[at];
    const told = [row.source, work.target, row.note, row.kind, row.context, row.remark, work.remark].join("\n");
    view.element.hidden = !(isShown(at) && told.normalize("NFC").toLowerCase().includes(wanted));
    if (!view.element.hidden) { count += 1; view.show(); }
  });
  by("none").hidden = count > 0;
}

function draftCount() {
  return works.filter(function (work, at) { return isTodo(work) && work.target.trim() && work.target !== data.rows[at].target; }).length;
}

function handedOver(text) {
  isUnsaved = false;
  keep();
  const drafts = draftCount();
  say(text + (drafts ? " " + fill(words.drafts, { count: texts(drafts) }) : ""));
}

function save() {
  download(fileName(data), renderWork(data, works));
  handedOver(fill(words.saved, { name: fileName(data) }));
}

function share() {
  keep();
  const file = shareable(data, renderWork(data, works));
  navigator.share({ files: [file], title: file.name }).then(function () {
    handedOver(fill(words.shared, { name: file.name }));
  }, function () { return; });  // the person has closed the dialogue
}

function load(text) {
  let saved;
  try { saved = parseWork(text); } catch (_) { say(words.load_bad); return; }
  if (saved.resource !== data.resource || saved.locale !== data.locale) {
    say(fill(words.load_other, { what: String(saved.resource) + ", " + String(saved.locale) }));
    return;
  }
  const places = new Map(data.rows.map(function (row, at) { return [row.key, at]; }));
  const there = saved.rows.filter(function (row) { return places.has(row.key); });
  const news = there.filter(function (row) {
    const at = places.get(row.key), sent = data.rows[at], work = works[at];
    const isSent = row.target === sent.target && row.state === sent.state && row.remark === "";
    const isHere = row.target === work.target && row.state === work.state && row.remark === work.remark;
    return !isSent && !isHere;
  });
  const both = news.filter(function (row) { return isTouched(places.get(row.key)); });
  const theirs = both.length > 0 && confirm(fill(words.load_conflict, { count: texts(both.length) }));
  const taken = news.filter(function (row) { return theirs || !both.includes(row); });
  taken.forEach(function (row) {
    Object.assign(works[places.get(row.key)], { target: row.target, state: row.state, remark: row.remark });
  });
  if (taken.length) { isUnsaved = true; keep(); }
  showAll();
  filter();
  const left = saved.rows.length - there.length;
  say(fill(words.loaded, { count: texts(taken.length) }) + (left ? " " + fill(words.load_left, { count: texts(left) }) : ""));
}

function restore() {
  const kept = shelf.read();
  if (!kept) { return; }
  kept.works.forEach(function (work, at) {
    Object.assign(works[at], { target: work.target, state: work.state, remark: work.remark });
  });
  isUnsaved = Boolean(kept.unsaved);
  say(fill(words.found, { time: timeOf(kept.time) }));
}

by("save").addEventListener("click", save);
by("share").addEventListener("click", share);
by("share").hidden = !shareable(data, "{}");
by("load").addEventListener("change", function () {
  const file = this.files[0];
  this.value = "";
  if (file) { file.text().then(load, function () { say(words.load_bad); }); }
});
by("forget").addEventListener("click", function () {
  if (!confirm(words.forget_sure)) { return; }
  clearTimeout(keeping);
  shelf.forget();
  by("kept").textContent = words.forgotten;
  say(words.forgotten);
});
by("tools").addEventListener("change", filter);
by("tools").addEventListener("submit", function (event) { event.preventDefault(); });
by("search").addEventListener("input", filter);
window.addEventListener("storage", function (event) { if (event.key === shelf.name && event.newValue) { say(words.twice); } });
// Phones end pages without asking.
document.addEventListener("visibilitychange", function () { if (document.hidden && isUnsaved) { keep(); } });
window.addEventListener("beforeunload", function (event) {
  if (isUnsaved) { keep(); event.preventDefault(); event.returnValue = ""; }
});

restore();
showAll();
if (!shelf.canKeep()) { tellNotKept(); }
