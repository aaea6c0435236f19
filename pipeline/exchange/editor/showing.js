
// What is shown of a text beside its box. Whatever comes from the data becomes text of an
// element, never markup.

function make(name, options, children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(options || {})) {
    if (key === "text") { element.textContent = value; }
    else if (value === true) { element.setAttribute(key, ""); }
    else if (value !== false && value !== undefined) { element.setAttribute(key, value); }
  }
  for (const child of children || []) { if (child) { element.append(child); } }
  return element;
}

function withText(name, text, options) {
  return make(name, Object.assign({ text: text }, options));
}

// One text with the words for it: `english` and `own` are the attributes of texts of each language.
function makeScene(data, at) {
  const number = at + 1;
  return {
    row: data.rows[at],
    number: number,
    words: data.words,
    english: { lang: data.source_locale, dir: "auto" },
    own: { lang: data.locale, dir: data.is_rtl ? "rtl" : "ltr" },
    named: function (id, values) { return fill(data.words[id], Object.assign({ number: number }, values)); }
  };
}

function showHeading(scene, badge) {
  const kind = scene.row.kind ? " · " + scene.row.kind.split("\n").join(" · ") : "";
  return make("h3", {}, [
    withText("span", scene.named("number") + " "), badge,
    withText("span", kind, { class: "kind" }),
    scene.row.is_critical ? withText("strong", " " + scene.words.critical + " ", { class: "mark" }) : null
  ]);
}

function showAside(name, text) {
  if (!text) { return null; }
  return make("p", { class: "aside" }, [withText("strong", name + ": "), withText("bdi", text, { class: "lines" })]);
}

function showSource(scene) {
  const options = Object.assign({ class: "lines source", id: "source-" + scene.number }, scene.english);
  return withText("p", scene.row.source, options);
}

function showChange(scene, piece) {
  const [text, isOld, isNew] = piece, words = scene.words;
  if (isOld && isNew) { return document.createTextNode(text); }
  return make(isOld ? "del" : "ins", {}, [
    withText("span", isOld ? words.taken_out : words.put_in, { class: "unseen" }),
    document.createTextNode(text),
    withText("span", words.end, { class: "unseen" })
  ]);
}

function showChanges(scene) {
  const row = scene.row;
  if (!row.changes) {
    return row.target && row.state === "changed" ? withText("p", scene.words.draft, { class: "remark" }) : null;
  }
  const pieces = row.changes.map(function (piece) { return showChange(scene, piece); });
  const text = make("p", Object.assign({ class: "lines" }, scene.english), pieces);
  return make("div", { class: "remark" }, [withText("strong", scene.words.changes), text]);
}

function showTerm(scene, term) {
  if (!Array.isArray(term)) { return withText("li", term); }
  const [source, target, status, note] = term, isForbidden = status === "forbidden";
  const called = scene.words["term_" + status] || status;
  return make("li", { class: isForbidden ? "forbidden" : "" }, [
    withText("bdi", source, scene.english),
    document.createTextNode(" — " + called + ": "),
    withText(isForbidden ? "s" : "b", target, scene.own),
    note ? withText("span", " (" + note + ")") : null
  ]);
}

function showTerms(scene) {
  if (!scene.row.terms) { return null; }
  const items = scene.row.terms.map(function (term) { return showTerm(scene, term); });
  return make("div", {}, [withText("p", scene.words.terms, { class: "name" }), make("ul", { class: "terms" }, items)]);
}

function showSuggestion(scene, each, index, put) {
  const words = scene.words, count = scene.row.suggestions.length;
  const score = each.score === 100 ? words.same : fill(words.alike, { score: each.score });
  const signed = each.roles.length ? fill(words.signed, { roles: each.roles.join(", ") }) : words.unsigned;
  const differs = fill(words.differs, { what: each.differences.join(" · ") });
  const take = make("button", {
    type: "button", class: "quiet", text: words.take,
    "aria-label": words.take + ": " + scene.named("take_named", { at: index + 1, count: count })
  });
  take.addEventListener("click", function () { put(each.target); });
  return make("li", {}, [
    each.differences.length ? withText("p", differs, { class: "differs" }) : null,
    withText("p", each.target, Object.assign({ class: "lines target" }, scene.own)),
    each.score === 100 ? null : withText("p", each.source, Object.assign({ class: "lines aside" }, scene.english)),
    withText("p", score + " · " + fill(words.from, { resource: each.resource }) + " · " + signed, { class: "aside" }),
    take
  ]);
}

function showMemory(scene, put) {
  const row = scene.row;
  if (!row.suggestions) { return null; }
  const items = row.suggestions.map(function (each, index) { return showSuggestion(scene, each, index, put); });
  return make("details", { open: row.state !== "done" }, [
    withText("summary", fill(scene.words.memory, { count: items.length })),
    make("ol", { class: "memory" }, items)
  ]);
}

function showPieces(scene, putIn) {
  if (!scene.row.protected) { return null; }
  const buttons = Array.from(new Set(scene.row.protected)).map(function (piece) {
    const button = make("button", { type: "button", class: "piece", dir: "ltr", text: piece });
    button.addEventListener("click", function () { putIn(piece); });
    return button;
  });
  return make("p", { class: "pieces" }, [withText("span", scene.words.pieces + " ", { class: "name" })].concat(buttons));
}
