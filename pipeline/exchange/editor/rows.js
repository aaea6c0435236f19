
// One text as it is shown. Whatever comes from the data becomes text of an element, never markup.

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

function makeView(data, at, work, does) {
  const words = data.words, row = data.rows[at], number = at + 1;
  const english = { lang: data.source_locale, dir: "auto" };
  const own = { lang: data.locale, dir: data.is_rtl ? "rtl" : "ltr" };

  function named(id, values) { return fill(words[id], Object.assign({ number: number }, values)); }
  function withText(name, text, options) { return make(name, Object.assign({ text: text }, options)); }
  function aside(name, text) {
    return text ? make("p", { class: "aside" }, [withText("strong", name + ": "), withText("bdi", text, { class: "lines" })]) : null;
  }

  const box = make("textarea", Object.assign({
    id: "target-" + number, rows: 2, class: "target", spellcheck: "true", autocomplete: "off",
    "aria-describedby": "source-" + number + " advice-" + number
  }, own));
  box.value = work.target;
  const remark = make("textarea", { id: "remark-" + number, rows: 1, dir: "auto", autocomplete: "off" });
  remark.value = work.remark;
  const advice = make("div", { id: "advice-" + number, class: "advice", role: "status" });
  const badge = make("span", { class: "badge" });
  const undo = make("button", { type: "button", class: "quiet", hidden: true, text: words.undo });
  let before = null;

  function put(text) {
    before = box.value;
    undo.hidden = false;
    box.value = text;
    box.focus();
    fit(box);
    typed();
  }
  function putIn(piece) {
    const from = box.selectionStart, to = box.selectionEnd;
    put(box.value.slice(0, from) + piece + box.value.slice(to));
    box.setSelectionRange(from + piece.length, from + piece.length);
  }
  undo.addEventListener("click", function () {
    box.value = before;
    undo.hidden = true;
    box.focus();
    typed();
  });

  function heading() {
    const kind = row.kind ? " · " + row.kind.split("\n").join(" · ") : "";
    return make("h3", {}, [
      withText("span", named("number") + " "), badge,
      withText("span", kind, { class: "kind" }),
      row.is_critical ? withText("strong", " " + words.critical + " ", { class: "mark" }) : null
    ]);
  }

  function changes() {
    if (!row.changes) { return work.target && row.state === "changed" ? withText("p", words.draft, { class: "remark" }) : null; }
    const pieces = row.changes.map(function (piece) {
      const [text, isOld, isNew] = piece;
      if (isOld && isNew) { return document.createTextNode(text); }
      return make(isOld ? "del" : "ins", {}, [
        withText("span", isOld ? words.taken_out : words.put_in, { class: "unseen" }),
        document.createTextNode(text),
        withText("span", words.end, { class: "unseen" })
      ]);
    });
    return make("div", { class: "remark" }, [withText("strong", words.changes), make("p", Object.assign({ class: "lines" }, english), pieces)]);
  }

  function terms() {
    if (!row.terms) { return null; }
    const items = row.terms.map(function (term) {
      if (!Array.isArray(term)) { return withText("li", term); }
      return make("li", { class: term[2] === "forbidden" ? "forbidden" : "" }, [
        withText("bdi", term[0], english), document.createTextNode(" — " + (words["term_" + term[2]] || term[2]) + ": "),
        withText(term[2] === "forbidden" ? "s" : "b", term[1], own),
        term[3] ? withText("span", " (" + term[3] + ")") : null
      ]);
    });
    return make("div", {}, [withText("p", words.terms, { class: "name" }), make("ul", { class: "terms" }, items)]);
  }

  function suggestion(each, index, all) {
    const score = each.score === 100 ? words.same : fill(words.alike, { score: each.score });
    const signed = each.roles.length ? fill(words.signed, { roles: each.roles.join(", ") }) : words.unsigned;
    const take = make("button", {
      type: "button", class: "quiet", text: words.take,
      "aria-label": words.take + ": " + named("take_named", { at: index + 1, count: all.length })
    });
    take.addEventListener("click", function () { put(each.target); });
    return make("li", {}, [
      each.differences.length ? withText("p", fill(words.differs, { what: each.differences.join(" · ") }), { class: "differs" }) : null,
      withText("p", each.target, Object.assign({ class: "lines target" }, own)),
      each.score === 100 ? null : withText("p", each.source, Object.assign({ class: "lines aside" }, english)),
      withText("p", score + " · " + fill(words.from, { resource: each.resource }) + " · " + signed, { class: "aside" }),
      take
    ]);
  }

  function memory() {
    if (!row.suggestions) { return null; }
    return make("details", { open: row.state !== "done" }, [
      withText("summary", fill(words.memory, { count: row.suggestions.length })),
      make("ol", { class: "memory" }, row.suggestions.map(suggestion))
    ]);
  }

  function pieces() {
    if (!row.protected) { return null; }
    const buttons = Array.from(new Set(row.protected)).map(function (piece) {
      const button = make("button", { type: "button", class: "piece", dir: "ltr", text: piece });
      button.addEventListener("click", function () { putIn(piece); });
      return button;
    });
    return make("p", { class: "pieces" }, [withText("span", words.pieces + " ", { class: "name" })].concat(buttons));
  }

  // "To do" is whatever the text was when it was sent: new, or to look at.
  const open = row.state === "new" ? "new" : "changed";
  const radios = [[open, words.todo], ["done", words.done], ["question", words.question]].map(function (each) {
    const radio = make("input", { type: "radio", name: "state-" + number, value: each[0] });
    radio.addEventListener("change", function () { work.state = radio.value; changed(); });
    return [radio, make("label", {}, [radio, withText("span", each[1])])];
  });
  const next = make("button", { type: "button", text: words.next });

  function finish() {
    work.state = "done";
    changed();
    does.next(at);
  }
  next.addEventListener("click", finish);
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); typed(); finish(); }
  });

  function typed() {
    work.target = box.value;
    changed();
  }
  function changed() { show(); does.changed(at); }
  box.addEventListener("input", typed);
  remark.addEventListener("input", function () { work.remark = remark.value; changed(); });

  const element = make("article", { id: "text-" + number, class: row.is_critical ? "row critical" : "row" }, [
    heading(),
    row.is_critical ? withText("p", words.critical_long, { class: "mark" }) : null,
    aside(words.note, row.note),
    row.context ? withText("p", fill(words.context, { text: row.context }), { class: "aside" }) : null,
    withText("p", words.english, { class: "name" }),
    withText("p", row.source, Object.assign({ class: "lines source", id: "source-" + number }, english)),
    changes(), terms(), memory(), pieces(),
    withText("label", named("target"), { class: "name", for: box.id }), box, undo, advice,
    make("fieldset", { class: "choice" }, [withText("legend", named("state"))].concat(radios.map(function (each) { return each[1]; }))),
    aside(words.said, row.remark),
    withText("label", named("remark"), { class: "name", for: remark.id }), remark,
    make("p", {}, [next])
  ]);

  // As high as its text: guessed for all at first, since measuring hundreds takes a phone seconds.
  function guess(area, least) {
    area.style.height = "";
    area.rows = Math.max(least, Math.ceil(area.value.length / (window.innerWidth < 600 ? 28 : 64)));
  }
  function fit(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 4 + "px";
  }
  [box, remark].forEach(function (area) {
    area.addEventListener("focus", function () { fit(area); });
    area.addEventListener("input", function () { fit(area); });
  });

  // What has changed meanwhile: boxes, state, advice.
  function show() {
    if (box.value !== work.target) { box.value = work.target; guess(box, 2); }
    if (remark.value !== work.remark) { remark.value = work.remark; guess(remark, 1); }
    radios.forEach(function (each) { each[0].checked = each[0].value === work.state; });
    badge.textContent = words["state_" + work.state];
    badge.className = "badge " + work.state;
  }
  function advise(found) {
    const lines = found.map(function (text) { return withText("li", text); });
    advice.replaceChildren(...(lines.length ? [withText("strong", words.look_again), make("ul", {}, lines)] : []));
  }
  function writeIn() { box.focus({ preventScroll: true }); element.scrollIntoView({ block: "start" }); }

  guess(box, 2);
  return { element: element, show: show, advise: advise, writeIn: writeIn };
}
