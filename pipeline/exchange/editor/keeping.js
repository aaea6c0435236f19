
// The work in a file and on the device. The file is small and holds nothing that runs.

const WORK = "pipeline-editor-work", VERSION = 1;

// The same bytes as `render_work` of the program writes.
function renderWork(data, works) {
  const head = { file: WORK, version: VERSION, resource: data.resource, locale: data.locale, export: data.export };
  const rows = data.rows.map(function (row, at) {
    const work = works[at];
    return JSON.stringify({
      key: row.key, source: row.source, context: row.context,
      target: work.target, state: work.state, remark: work.remark
    });
  });
  return JSON.stringify(head).slice(0, -1) + ',"rows":[\n' + rows.join(",\n") + "\n]}\n";
}

// The rows of a saved file; an error where it is none.
function parseWork(text) {
  const values = JSON.parse(text.replace(/^\ufeff/, ""));
  const isGood = values && values.file === WORK && values.version === VERSION && Array.isArray(values.rows) &&
    values.rows.every(function (row) { return row && typeof row.key === "string" && isWork(row); });
  if (!isGood) { throw new Error("no work"); }
  return values;
}

function isWork(row) {
  return row && typeof row.target === "string" && typeof row.remark === "string" &&
    ["new", "changed", "done", "question"].includes(row.state);
}

function fileName(data) {
  return data.resource.replace(/\//g, ".") + "." + data.locale + ".json";
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
}

// Phones hand over text files alone, and not all kinds of them.
function shareable(data, text) {
  if (!navigator.canShare || !navigator.share) { return null; }
  const name = fileName(data);
  const files = [new File([text], name, { type: "application/json" }), new File([text], name + ".txt", { type: "text/plain" })];
  return files.find(function (file) { return navigator.canShare({ files: [file] }); }) || null;
}

// What the browser keeps for this export; a page from a file may not be allowed to keep anything.
function makeShelf(data) {
  const name = ["pipeline-editor", data.resource, data.locale, data.export].join(":");
  return {
    name: name,
    read: function () {
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        return kept && Array.isArray(kept.works) && kept.works.length === data.rows.length && kept.works.every(isWork) ? kept : null;
      } catch (_) { return null; }
    },
    write: function (works, isUnsaved) {
      try {
        localStorage.setItem(name, JSON.stringify({ time: new Date().toISOString(), unsaved: isUnsaved, works: works }));
        return true;
      } catch (_) { return false; }
    },
    canKeep: function () {
      try {
        localStorage.setItem(name + ":try", "1");
        localStorage.removeItem(name + ":try");
        return true;
      } catch (_) { return false; }
    },
    forget: function () { try { localStorage.removeItem(name); } catch (_) { return; } }
  };
}
