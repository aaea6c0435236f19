// Finds words in the pages of one language, on the reader's own device.
//
// What pages say and what is typed are folded alike, word by word, by the tables that stand
// in the index (pipeline/website/search/folding.toml): accents, vowel marks and forms of the
// same letter go. A word is then looked for among the words of all pages: as a whole, as a
// beginning, inside of one, in another form; and where it is nowhere, as people misspell it.
(() => {
  const results = document.getElementById("site-results");
  const status = document.getElementById("site-status");
  const topics = document.getElementById("site-topics");
  const english = document.getElementById("site-english");
  const field = document.getElementById("site-q");
  const MOST = 20, FIRST = 8;
  const PAUSE = 500;
  // Letters of a text before the first word that was found, and in all.
  const BEFORE = 60, LONG = 180;
  // How well a word is found, and where.
  const WHOLE = 1, BEGINNING = 0.7, FORM = 0.5, INSIDE = 0.4, LOOSE = 0.6, MISTYPED = 0.3;
  const TITLE = 8, HEADING = 4, TEXT = 1;

  const HAN = /^\p{Script=Han}/u;
  const DIGITS = /^\d+$/;
  const DOUBLED = /([a-zа-я])\1+|([ऄ-ஹ])[्্੍્்]\2/g;
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

  // How words are told apart and folded, by the tables of a language.
  const makeFolder = ({ drop, same, loose, ends }) => {
    const one = new Map();
    for (const [to, letters] of same) for (const letter of letters) one.set(letter, to);
    const many = new Map();
    for (const [to, parts] of loose) for (const part of parts.split(" ")) many.set(part, to);
    const longest = [...many.keys()].sort((a, b) => b.length - a.length).map(escaped).join("|");
    const dropped = new RegExp(`[${drop}]`, "g");
    const confused = new RegExp(longest || "(?!)", "g");
    const inside = ends ? "" : "'’‘ʼʻ`";
    const word = new RegExp(`\\p{Script=Han}+|(?:(?!\\p{Script=Han})[\\p{L}\\p{M}\\p{N}\\p{Cf}${inside}])+`, "gu");
    const known = new Map();
    const compute = (text) => [...text.normalize("NFKD").toLowerCase().replace(dropped, "")]
      .map((letter) => one.get(letter) || letter).join("").replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
    const fold = (text) => {
      let folded = known.get(text);
      if (folded === undefined) known.set(text, folded = compute(text));
      return folded;
    };
    return {
      word,
      fold,
      loosen: (folded) => folded.replace(confused, (part) => many.get(part)).replace(DOUBLED, "$1$2"),
      words: (text) => (text.match(word) || []).map(fold).filter(Boolean),
    };
  };

  // Chinese has no spaces: each two characters that stand together are taken for a word.
  const pairs = (run) => (run.length < 2 ? [run] : [...run].slice(1).map((letter, i) => run[i] + letter));
  const tokens = (folded) => folded.flatMap((word) => (HAN.test(word) ? pairs(word) : [word]));

  const isMistyped = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || a[0] !== b[0] || a === b) return false;
    let from = 0;
    while (from < a.length && a[from] === b[from]) from += 1;
    const rest = (text, count) => text.slice(from + count);
    if (a.length > b.length) return rest(a, 1) === rest(b, 0);
    if (a.length < b.length) return rest(a, 0) === rest(b, 1);
    return rest(a, 1) === rest(b, 1)
      || (a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2));
  };

  const makeEngine = (index) => {
    const { docs, fold: tables } = index;
    const folder = makeFolder(tables);
    const part = tables.part;
    // Word → sections that have it; one number a place: twice the section, and one more in its title.
    const vocabulary = new Map();
    const note = (words, place) => {
      for (const word of tokens(words)) {
        const places = vocabulary.get(word);
        if (!places) vocabulary.set(word, [place]);
        else if (places[places.length - 1] !== place) places.push(place);
      }
    };
    const pageOf = [];
    const pages = [];
    const said = [];
    docs.forEach((doc, at) => {
      if (!doc.location.includes("#")) pages.push(at);
      pageOf.push(pages.length - 1);
      const title = folder.words(doc.title);
      const text = folder.words(doc.text);
      note(text, at * 2);
      note(title, at * 2 + 1);
      said.push([` ${title.join(" ")} `, ` ${text.join(" ")} `]);
    });
    let loose;
    const looseWords = () => {
      if (!loose) {
        loose = new Map();
        for (const word of vocabulary.keys()) {
          const key = folder.loosen(word);
          const words = loose.get(key);
          if (words) words.push(word);
          else loose.set(key, [word]);
        }
      }
      return loose;
    };

    const stems = new Map();
    const stem = (word) => {
      let cut = stems.get(word);
      if (cut === undefined) {
        const ending = tables.endings.find((end) => word.endsWith(end) && word.length - end.length > 1);
        stems.set(word, cut = ending ? word.slice(0, -ending.length) : word);
      }
      return cut;
    };

    const quality = (wanted, word) => {
      if (word === wanted) return WHOLE;
      if (DIGITS.test(wanted)) return 0;
      if (HAN.test(wanted)) return wanted.length === 1 && word.includes(wanted) ? INSIDE : 0;
      if (wanted.length > 1 && word.startsWith(wanted)) return BEGINNING;
      if (wanted.length >= part && word.includes(wanted)) return INSIDE;
      if (word[0] !== wanted[0]) return 0;
      // Another form of the word: other endings on both sides, and more before them.
      const length = Math.max(wanted.length, word.length);
      const least = Math.max(part, Math.ceil(length / 2), length - tables.ending);
      if (wanted.length >= least && word.startsWith(wanted.slice(0, least))) return FORM;
      return tables.endings.length && stem(wanted) === stem(word) ? FORM : 0;
    };

    const isPlain = (wanted) => !DIGITS.test(wanted) && !HAN.test(wanted);
    // With and without the small words that are written together with it.
    const readings = (wanted) => [wanted, ...tables.prefixes.filter((start) => wanted.startsWith(start)
      && wanted.length - start.length >= Math.max(2, part)).map((start) => wanted.slice(start.length))];

    // The words of the pages that a word may stand for as it is spelled, and how well.
    const asSpelled = (wanted) => {
      const found = new Map();
      const ways = readings(wanted);
      for (const word of vocabulary.keys()) {
        let best = 0;
        ways.forEach((one, i) => { best = Math.max(best, quality(one, word) * (i ? 0.9 : 1)); });
        if (best) found.set(word, best);
      }
      return found;
    };

    // The same for what people confuse. Where something is there as it is spelled, whole words only.
    const asConfused = (wanted, found) => {
      const isNew = !found.size;
      const key = folder.loosen(wanted);
      const keep = (words, value) => words.forEach((word) => found.set(word, Math.max(value, found.get(word) || 0)));
      keep(looseWords().get(key) || [], LOOSE);
      if (!isNew) return;
      const ways = readings(wanted).map(folder.loosen);
      for (const [other, words] of looseWords()) {
        let best = 0;
        for (const one of ways) best = Math.max(best, LOOSE * quality(one, other));
        // A word with something before it that no table knows.
        if (!best && other.length > part && other.length >= key.length * 0.6 && key.endsWith(other)) best = LOOSE * FORM;
        if (best) keep(words, best);
      }
      if (found.size || wanted.length <= Math.max(3, part)) return;
      for (const [other, words] of looseWords()) if (isMistyped(key, other)) keep(words, MISTYPED);
    };

    const remembered = new Map();
    const lookUp = (wanted) => {
      let found = remembered.get(wanted);
      if (!found) {
        if (remembered.size > 500) remembered.clear();
        remembered.set(wanted, found = asSpelled(wanted));
        if (isPlain(wanted) && wanted.length > 1 && found.get(wanted) !== WHOLE) asConfused(wanted, found);
      }
      return found;
    };

    // What is typed as terms: each a list of names, each name one or several words.
    const names = tables.names.map((group) => group.map((name) => tokens(name.split(" "))));
    const readTerms = (query) => {
      const words = tokens(folder.words(query));
      const terms = [];
      for (let at = 0; at < words.length;) {
        const here = (name) => name.every((word, i) => words[at + i] === word);
        const group = names.find((all) => all.some(here));
        const length = group ? Math.max(...group.filter(here).map((name) => name.length)) : 1;
        const own = words.slice(at, at + length);
        terms.push({ own, names: group || [own] });
        at += length;
      }
      return terms;
    };

    // Section → how well it has a term, in its title and in its text.
    const sectionsOf = (term) => {
      const sections = new Map();
      const words = new Set();
      for (const name of term.names) {
        let common = null;
        for (const word of name) {
          const here = new Map();
          const candidates = term.names.length > 1 ? asSpelled(word) : lookUp(word);
          for (const [candidate, value] of candidates) {
            words.add(candidate);
            for (const place of vocabulary.get(candidate)) {
              const section = place >> 1;
              const field = place % 2 ? (docs[section].location.includes("#") ? HEADING : TITLE) : TEXT;
              const score = field * value;
              if (score > (here.get(section) || 0)) here.set(section, score);
            }
          }
          if (!common) common = here;
          else for (const [section, score] of common) {
            if (here.has(section)) common.set(section, Math.min(score, here.get(section)));
            else common.delete(section);
          }
        }
        for (const [section, score] of common || []) {
          if (score > (sections.get(section) || 0)) sections.set(section, score);
        }
      }
      return { sections, words };
    };

    const find = (query) => {
      const terms = readTerms(query).map((term) => ({ ...term, ...sectionsOf(term) }));
      if (!terms.length) return [];
      for (const term of terms) {
        term.pages = new Map();
        for (const [section, score] of term.sections) {
          const page = pageOf[section];
          const best = term.pages.get(page) || { score: 0, count: 0 };
          term.pages.set(page, { score: Math.max(best.score, score), count: best.count + 1 });
        }
        term.weight = term.pages.size ? Math.log(1.2 + pages.length / term.pages.size) : 0;
      }
      // A word that is nowhere counts as much as the best of the others; in Chinese much less,
      // where two characters need not be a word.
      const most = Math.max(...terms.map((term) => term.weight));
      for (const term of terms) term.weight = term.weight || most * (HAN.test(term.own[0]) ? 0.25 : 1);
      const all = terms.reduce((sum, term) => sum + term.weight, 0);
      const phrase = ` ${folder.words(query).join(" ")} `;
      const hits = [];
      pages.forEach((start, page) => {
        const there = terms.filter((term) => term.pages.has(page));
        const share = there.reduce((sum, term) => sum + term.weight, 0) / all;
        if (!there.length || share < 0.3) return;
        const end = page + 1 < pages.length ? pages[page + 1] : docs.length;
        const sections = [];
        for (let at = start; at < end; at += 1) {
          let score = there.reduce((sum, term) => sum + term.weight * (term.sections.get(at) || 0), 0);
          if (score && terms.length > 1) {
            if (said[at][0].includes(phrase)) score += TITLE * most;
            else if (said[at][1].includes(phrase)) score += 2 * most;
          }
          if (score) sections.push({ at, score });
        }
        sections.sort((a, b) => b.score - a.score || a.at - b.at);
        const sum = there.reduce((total, term) => {
          const { score, count } = term.pages.get(page);
          return total + term.weight * (score + Math.min(count, 5) / 10);
        }, 0);
        hits.push({ start, sections, score: sum + sections[0].score / 2, isWhole: there.length === terms.length });
      });
      const words = new Set(terms.flatMap((term) => [...term.words]));
      hits.sort((a, b) => b.isWhole - a.isWhole || b.score - a.score || a.start - b.start);
      return hits.map((hit) => ({ ...hit, words }));
    };
    return { find, folder, docs, prepare: looseWords };
  };

  // Where the words that were found stand in a text, as far as is shown: begins and ends.
  const spotsIn = (folder, text, words) => {
    const spots = [];
    for (const match of text.matchAll(folder.word)) {
      if (spots.length && match.index > spots[0][0] + LONG) break;
      const folded = folder.fold(match[0]);
      if (HAN.test(folded)) {
        pairs(folded).forEach((pair, i) => {
          if (words.has(pair)) spots.push([match.index + i, match.index + i + pair.length]);
        });
      } else if (words.has(folded)) spots.push([match.index, match.index + match[0].length]);
    }
    return spots.reduce((merged, spot) => {
      const last = merged[merged.length - 1];
      if (last && spot[0] <= last[1]) last[1] = spot[1];
      else merged.push(spot);
      return merged;
    }, []);
  };

  // A piece of a text, with the words marked and what is in another language told to be.
  const marked = (text, spots, foreign, start, end) => {
    const cuts = new Set([start, end]);
    for (const [from, to] of [...spots, ...foreign]) {
      if (from > start && from < end) cuts.add(from);
      if (to > start && to < end) cuts.add(to);
    }
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(1).map((to, i) => {
      const from = edges[i];
      const holds = ([begins, ends]) => begins <= from && to <= ends;
      const other = foreign.find(holds);
      const element = document.createElement(spots.some(holds) ? "mark" : "span");
      if (other) {
        element.lang = other[2];
        element.dir = "auto";
      }
      element.textContent = text.slice(from, to);
      return other || element.localName === "mark" ? element : element.textContent;
    });
  };

  const excerpt = ({ folder, docs }, at, words) => {
    const { text, foreign = [] } = docs[at];
    const spots = spotsIn(folder, text, words);
    const first = spots.length ? spots[0][0] : 0;
    let start = Math.max(0, first - BEFORE);
    if (start) start = text.indexOf(" ", start) + 1 || start;
    if (start > first) start = first;
    let end = Math.min(text.length, start + LONG);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + LONG - BEFORE);
    const paragraph = document.createElement("p");
    paragraph.append(start ? "… " : "", ...marked(text, spots, foreign, start, end), end < text.length ? " …" : "");
    return paragraph;
  };

  const linkTo = (engine, at, words) => {
    const { location, title, lang } = engine.docs[at];
    const link = document.createElement("a");
    link.href = `../${location}`;
    if (lang) {
      link.lang = lang;
      link.dir = "auto";
    }
    link.append(...marked(title, spotsIn(engine.folder, title, words), [], 0, title.length));
    return link;
  };

  // A page that was found: its title, a piece of its best section, and the headings to go to.
  const render = (engine, { start, sections, words }) => {
    const item = document.createElement("li");
    item.append(linkTo(engine, start, words));
    const best = sections[0].at;
    if (engine.docs[best].text) item.append(excerpt(engine, best, words));
    const headings = sections.filter(({ at, score }) => at !== start && score * 4 >= sections[0].score).slice(0, 3);
    if (headings.length) {
      const list = document.createElement("ul");
      for (const { at } of headings) {
        const entry = document.createElement("li");
        entry.append(linkTo(engine, at, words));
        list.append(entry);
      }
      item.append(list);
    }
    return item;
  };

  let speaking;
  let growing;
  // A screen reader is told once the reader stops typing, not at every letter.
  const tell = (string, count, delay) => {
    clearTimeout(speaking);
    const say = () => {
      const text = string.text.replace("#", count);
      if (status.textContent === text) return;
      status.textContent = text;
      status.lang = string.lang;
      status.dir = string.dir;
    };
    if (delay) speaking = setTimeout(say, delay);
    else say();
  };

  const offerEnglish = (query, hasNone) => {
    if (!english) return;
    english.hidden = !(hasNone && /[a-z]/i.test(query) && /^[\p{Script=Latin}\p{Script=Common}]+$/u.test(query));
    const link = english.querySelector("a");
    link.href = `${english.dataset.search}?q=${encodeURIComponent(query.trim())}`;
    link.querySelector("q").textContent = query.trim();
  };

  const show = (engine, strings, query, delay) => {
    const hits = engine.find(query);
    const isEmpty = !query.trim();
    if (isEmpty) tell(strings["material.search.result.placeholder"], 0, delay);
    else if (!hits.length) tell(strings["material.search.result.none"], 0, delay);
    else if (hits.length === 1) tell(strings["material.search.result.one"], 1, delay);
    else tell(strings["material.search.result.other"], hits.length, delay);
    const items = (from, to) => hits.slice(from, to).map((hit) => render(engine, hit));
    results.replaceChildren(...items(0, FIRST));
    // What is below the screen of a phone can wait until the typed letter stands there.
    clearTimeout(growing);
    if (hits.length > FIRST) growing = setTimeout(() => results.append(...items(FIRST, MOST)), 50);
    topics.hidden = hits.length > 0;
    offerEnglish(query, !isEmpty && !hits.length);
  };

  const remember = () => {
    const query = field.value.trim();
    window.history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : window.location.pathname);
  };

  field.value = new URLSearchParams(window.location.search).get("q") || "";
  // The topics do not show and go again; without the index (no network) they are what there is.
  topics.hidden = field.value.trim() !== "";
  fetch(results.dataset.index).then((answer) => answer.json()).then((index) => {
    const engine = makeEngine(index);
    let leaving;
    const update = (delay) => {
      show(engine, index.strings, field.value, delay);
      clearTimeout(leaving);
      // A reader who comes back from a page finds the same results.
      leaving = setTimeout(remember, PAUSE);
    };
    show(engine, index.strings, field.value, 0);
    // While nobody types, what a misspelled word will need.
    setTimeout(engine.prepare, PAUSE);
    // Half of a Chinese or Korean letter is no word to look for.
    field.addEventListener("input", (event) => event.isComposing || update(PAUSE));
    field.addEventListener("compositionend", () => update(PAUSE));
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      update(0);
      remember();
      // The keyboard of a phone makes room for the results.
      if (results.firstChild) status.focus();
    });
  }, () => { topics.hidden = false; });
})();
