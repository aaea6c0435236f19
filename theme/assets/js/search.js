// Finds words in the pages of one language, on the reader's own device.
//
// Text and query are folded alike: case, accents and vowel marks go, forms of the same
// letter become one (Arabic and Persian variants, Ethiopic homophones), digits of every
// script become 0-9. A word of the query is then looked for as a part of the text, so a
// word is found with or without its article, ending or spaces around it.
(() => {
  const results = document.getElementById("site-results");
  const status = document.getElementById("site-status");
  const field = document.getElementById("site-q");
  const LIMIT = 30;

  const same = new Map();
  const pairs = "ىي یي ېي ۍي ئي ؤو کك ڪك ةه ہه ھه ۀه ەه ۆو ۇو ێي ڕر ڵل ٱا ßs øo łl ıi đd";
  for (const pair of pairs.split(" ")) same.set(pair[0], pair[1]);
  const rows = [[0x1210, 0x1200], [0x1280, 0x1200], [0x1220, 0x1230], [0x12d0, 0x12a0], [0x1340, 0x1338]];
  for (const [from, to] of rows) {
    for (let i = 0; i < 7; i += 1) same.set(String.fromCharCode(from + i), String.fromCharCode(to + i));
  }
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6]) {
    for (let i = 0; i < 10; i += 1) same.set(String.fromCharCode(zero + i), String(i));
  }
  const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad'’ʼ`]/;

  // The folded text, and for each of its characters where it comes from.
  const fold = (text) => {
    let folded = "";
    const from = [];
    let at = 0;
    for (const letter of text) {
      for (const part of letter.normalize("NFKD").toLowerCase()) {
        if (!MARKS.test(part)) {
          const one = same.get(part) || part;
          folded += one;
          for (let i = 0; i < one.length; i += 1) from.push(at);
        }
      }
      at += letter.length;
    }
    from.push(at);
    return { folded, from };
  };

  const HAN = /^\p{Script=Han}+$/u;
  const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=...)/;

  // Ways to read a query, from the strictest to the loosest: each is a list of parts.
  const readings = (query) => {
    const words = fold(query).folded.split(/[\s\p{P}\p{S}]+/u).filter(Boolean);
    const bare = words.map((word) => word.replace(ARTICLE, ""));
    const cut = (count) => (word) => (HAN.test(word) || word.length < count + 4 ? word : word.slice(0, -count));
    const stems = [1, 2, 3].map((count) => bare.map(cut(count)));
    const pieces = bare.flatMap((word) => (HAN.test(word) && word.length > 2
      ? [...word].slice(1).map((letter, i) => word[i] + letter)
      : [cut(2)(word)]));
    return [words, bare, ...stems, pieces];
  };

  const isStart = (text, at) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);

  const score = (doc, words) => {
    let sum = 0;
    for (const word of words) {
      const inTitle = doc.title.folded.indexOf(word);
      const inText = doc.text.folded.indexOf(word);
      if (inTitle < 0 && inText < 0) return 0;
      if (inTitle >= 0) sum += isStart(doc.title.folded, inTitle) ? 12 : 5;
      if (inText >= 0) sum += isStart(doc.text.folded, inText) ? 3 : 1;
    }
    return sum;
  };

  const find = (docs, query) => {
    const ways = readings(query);
    if (!ways[0].length) return [];
    for (const words of ways) {
      const hits = docs.map((doc) => ({ doc, words, score: score(doc, words) })).filter((hit) => hit.score);
      if (hits.length) return hits;
    }
    // Nothing has all of it: what has most.
    const loose = ways[ways.length - 1];
    const enough = loose.some((word) => HAN.test(word)) ? 1 : Math.max(1, loose.length / 2);
    return docs
      .map((doc) => {
        const found = loose.filter((word) => score(doc, [word]));
        return { doc, words: found, score: found.length >= enough ? score(doc, found) : 0 };
      })
      .filter((hit) => hit.score);
  };

  // One result a page: its best section.
  const byPage = (hits) => {
    const pages = new Map();
    for (const hit of hits) {
      const page = hit.doc.location.split("#")[0];
      const best = pages.get(page);
      if (!best || best.score < hit.score) pages.set(page, hit);
    }
    return [...pages.entries()].sort((a, b) => b[1].score - a[1].score);
  };

  // A piece of the text around the first word found, with the words marked.
  const excerpt = ({ doc, words }) => {
    const { folded, from } = doc.text;
    const spots = words.map((word) => [folded.indexOf(word), word.length]).filter(([at]) => at >= 0);
    spots.sort((a, b) => a[0] - b[0]);
    const raw = doc.text.raw;
    const first = spots.length ? from[spots[0][0]] : 0;
    let start = Math.max(0, first - 60);
    if (start) start = Math.max(start, raw.indexOf(" ", start) + 1 || start);
    if (start > first) start = first;
    const end = Math.min(raw.length, start + 180);
    const paragraph = document.createElement("p");
    let at = start;
    if (start) paragraph.append("… ");
    for (const [spot, length] of spots) {
      const open = from[spot];
      const close = from[spot + length];
      if (open < at || close > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = raw.slice(open, close);
      paragraph.append(raw.slice(at, open), mark);
      at = close;
    }
    paragraph.append(raw.slice(at, end), end < raw.length ? " …" : "");
    return paragraph;
  };

  const tell = (string, count) => {
    status.textContent = string.text.replace("#", count);
    status.lang = string.lang;
    status.dir = string.dir;
  };

  const show = (index, query) => {
    const strings = index.strings;
    const pages = byPage(find(index.docs, query));
    if (!query.trim()) tell(strings["material.search.result.placeholder"], 0);
    else if (!pages.length) tell(strings["material.search.result.none"], 0);
    else if (pages.length === 1) tell(strings["material.search.result.one"], 1);
    else tell(strings["material.search.result.other"], pages.length);
    results.replaceChildren(...pages.slice(0, LIMIT).map(([page, hit]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `../${hit.doc.location}`;
      const title = index.titles.get(page) || hit.doc.title.raw;
      link.textContent = title === hit.doc.title.raw ? title : `${title} – ${hit.doc.title.raw}`;
      item.append(link, excerpt(hit));
      return item;
    }));
  };

  const load = async () => {
    const answer = await fetch(results.dataset.index);
    const index = await answer.json();
    index.titles = new Map();
    for (const doc of index.docs) {
      if (!doc.location.includes("#")) index.titles.set(doc.location, doc.title);
      doc.title = { raw: doc.title, ...fold(doc.title) };
      doc.text = { raw: doc.text, ...fold(doc.text) };
    }
    return index;
  };

  field.value = new URLSearchParams(window.location.search).get("q") || "";
  load().then((index) => {
    show(index, field.value);
    field.addEventListener("input", () => show(index, field.value));
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      show(index, field.value);
      window.history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    });
  });
})();
