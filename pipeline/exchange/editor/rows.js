
// A text with its box, its state and what the translator says of it.

// As high as its text: guessed for all at first, since measuring hundreds takes a phone seconds.
function guessHeight(area, least) {
  area.style.height = "";
  area.rows = Math.max(least, Math.ceil(area.value.length / (window.innerWidth < 600 ? 28 : 64)));
}

function fitHeight(area) {
  area.style.height = "auto";
  area.style.height = area.scrollHeight + 4 + "px";
}

function makeArea(options, value, least) {
  const area = make("textarea", Object.assign({ rows: least, autocomplete: "off" }, options));
  area.value = value;
  guessHeight(area, least);
  area.addEventListener("focus", function () { fitHeight(area); });
  area.addEventListener("input", function () { fitHeight(area); });
  return area;
}

function makeBox(scene, value) {
  const number = scene.number;
  return makeArea(Object.assign({
    id: "target-" + number, class: "target", spellcheck: "true",
    "aria-describedby": "source-" + number + " advice-" + number
  }, scene.own), value, 2);
}

// What buttons put into a box, and the button that takes it out again.
function makePutting(scene, box, typed) {
  const undo = make("button", { type: "button", class: "quiet", hidden: true, text: scene.words.undo });
  let before = "";
  function become(text) {
    box.value = text;
    box.focus();
    fitHeight(box);
    typed();
  }
  undo.addEventListener("click", function () {
    undo.hidden = true;
    become(before);
  });
  function put(text) {
    before = box.value;
    undo.hidden = false;
    become(text);
  }
  function putIn(piece) {
    const from = box.selectionStart;
    put(box.value.slice(0, from) + piece + box.value.slice(box.selectionEnd));
    box.setSelectionRange(from + piece.length, from + piece.length);
  }
  return { undo: undo, put: put, putIn: putIn };
}

// "To do" is whatever the text was when it was sent: new, or to look at.
function makeRadios(scene, chosen) {
  const words = scene.words, open = scene.row.state === "new" ? "new" : "changed";
  return [[open, words.todo], ["done", words.done], ["question", words.question]].map(function (each) {
    const radio = make("input", { type: "radio", name: "state-" + scene.number, value: each[0] });
    radio.addEventListener("change", function () { chosen(radio.value); });
    return { radio: radio, label: make("label", {}, [radio, withText("span", each[1])]) };
  });
}

function makeView(data, at, work, does) {
  const scene = makeScene(data, at), row = scene.row, words = scene.words;
  const box = makeBox(scene, work.target);
  const remark = makeArea({ id: "remark-" + scene.number, dir: "auto" }, work.remark, 1);
  const advice = make("div", { id: "advice-" + scene.number, class: "advice" });
  const badge = make("span", { class: "badge" });
  const next = make("button", { type: "button", text: words.next });
  const putting = makePutting(scene, box, typed);
  const radios = makeRadios(scene, function (state) { work.state = state; changed(); });

  function changed() { show(); does.changed(at); }
  function typed() { work.target = box.value; changed(); }
  function finish() {
    if (!work.target.trim()) { does.say(words.empty); box.focus(); return; }
    work.state = "done";
    changed();
    does.next(at);
  }
  box.addEventListener("input", typed);
  // Only where somebody writes is advice read aloud, not all of the page's when it opens.
  box.addEventListener("focus", function () { advice.setAttribute("role", "status"); });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); finish(); }
  });
  remark.addEventListener("input", function () { work.remark = remark.value; changed(); });
  next.addEventListener("click", finish);

  const labels = radios.map(function (each) { return each.label; });
  const element = make("article", { id: "text-" + scene.number, class: row.is_critical ? "row critical" : "row" }, [
    showHeading(scene, badge),
    row.is_critical ? withText("p", words.critical_long, { class: "mark" }) : null,
    showAside(words.note, row.note),
    row.context ? withText("p", fill(words.context, { text: row.context }), { class: "aside" }) : null,
    withText("p", words.english, { class: "name" }),
    showSource(scene), showChanges(scene), showTerms(scene),
    showMemory(scene, putting.put), showPieces(scene, putting.putIn),
    withText("label", scene.named("target"), { class: "name", for: box.id }), box, putting.undo, advice,
    make("fieldset", { class: "choice" }, [withText("legend", scene.named("state"))].concat(labels)),
    showAside(words.said, row.remark),
    withText("label", scene.named("remark"), { class: "name", for: remark.id }), remark,
    make("p", {}, [next])
  ]);

  // What has changed meanwhile, here or by a file that was opened.
  function show() {
    if (box.value !== work.target) { box.value = work.target; guessHeight(box, 2); }
    if (remark.value !== work.remark) { remark.value = work.remark; guessHeight(remark, 1); }
    radios.forEach(function (each) { each.radio.checked = each.radio.value === work.state; });
    badge.textContent = words["state_" + work.state];
    badge.className = "badge " + work.state;
  }
  function advise(found) {
    const lines = found.map(function (text) { return withText("li", text); });
    advice.replaceChildren(...(lines.length ? [withText("strong", words.look_again), make("ul", {}, lines)] : []));
  }
  function writeIn() {
    box.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  return { element: element, show: show, advise: advise, writeIn: writeIn };
}
