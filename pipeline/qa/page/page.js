(function () {
  "use strict";
  // Everything the reader writes is kept in this element, as JSON, and goes with the saved file.
  const store = document.getElementById("state");
  const state = JSON.parse(store.textContent);
  const handle = document.getElementById("handle");
  const said = document.getElementById("said");

  function radios(n) {
    return Array.from(document.getElementsByName("answer-" + n));
  }

  function restore() {
    handle.value = state.handle;
    state.units.forEach(function (unit, n) {
      radios(n).forEach(function (radio) { radio.checked = radio.value === unit.answer; });
      document.getElementById("comment-" + n).value = unit.comment;
    });
    state.questions.forEach(function (entry, n) {
      document.getElementById("question-" + n).value = entry.answer;
    });
  }

  function collect() {
    state.handle = handle.value.trim();
    state.units.forEach(function (unit, n) {
      const chosen = radios(n).find(function (radio) { return radio.checked; });
      unit.answer = chosen ? chosen.value : null;
      unit.comment = document.getElementById("comment-" + n).value.trim();
    });
    state.questions.forEach(function (entry, n) {
      entry.answer = document.getElementById("question-" + n).value.trim();
    });
  }

  function problem() {
    if (!/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/.test(state.handle)) {
      handle.focus();
      return "Write your handle first: small letters, digits, dots and hyphens, such as amina.y.";
    }
    const open = state.questions.findIndex(function (entry) { return !entry.answer; });
    if (open >= 0) {
      document.getElementById("question-" + open).focus();
      return "Please answer every question.";
    }
    return "";
  }

  function save() {
    collect();
    const wrong = problem();
    if (wrong) {
      said.textContent = wrong;
      return;
    }
    said.textContent = "";
    // "<" would end the element early.
    store.textContent = JSON.stringify(state).replace(/</g, "\\u003c");
    const page = "<!doctype html>\n" + document.documentElement.outerHTML + "\n";
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([page], { type: "text/html" }));
    link.href = address;
    link.download = ["review", state.locale, state.resource, state.role].join("-").replace(/\//g, "-") + ".html";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
    const left = state.units.filter(function (unit) { return unit.answer === null; }).length;
    said.textContent = "Saved as " + link.download + ". Send that file back." +
      (left ? " " + left + " texts have no answer yet." : "");
  }

  restore();
  document.getElementById("save").addEventListener("click", save);
})();
