// What may be wrong with a translation, while it is typed: advice, by the tables of the program's
// own checks, which run when the file comes back. Where these two differ, the program is right.
// No lookbehind: Safari knows it since 2023 alone.

const DIGIT = /\p{Nd}/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const GAPS = "\u00a0\u202f\u2009";
const NUMBER = new RegExp(
  "\\p{Nd}+(?:[.,'’٫٬،·" + GAPS + "]\\p{Nd}+|[ ]\\p{Nd}{3}(?!\\p{Nd}))*|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]|[፩-፼]+", "gu");
const ONE = [
  new RegExp("^\\d{1,3}([.,'’٬، " + GAPS + "])\\d{3}(?:\\1\\d{3})*(?:[.,٫·]\\d+)?$"),
  /^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/,
  /^\d+[.,٫·]\d+$/
];
const DAY_AND_YEAR = /^[0-3]?\d[.,](?:19|20)\d\d$/;
const FRACTIONS = {
  "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
  "⅙": 1 / 6, "⅚": 5 / 6, "⅐": 1 / 7, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅑": 1 / 9, "⅒": 1 / 10
};
const NAME_BEFORE = /(?:[A-Za-z]|[A-Z][A-Za-z]*[-‑]|[A-Z]{2,}–|(?:covid|cov|sars|mers)[-‑– ])$/;
const CLOCK = /^(?:[:.]\d\d)?\s?([ap])\.?\s?m\b/i;
// Up to here a language may write a number as a word that nobody has told us.
const LARGEST_WORD = 12;
const ADDRESS = new RegExp(
  "(?:https?:\\/\\/|www\\.)[!#-&*-;=?-Z^_a-z~]+|[\\w.+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+" +
  "|\\b(?:[a-z0-9-]+\\.)+(?:nhs\\.uk|gov\\.uk|org\\.uk|co\\.uk|ac\\.uk|org|com|net|gov|int|edu)\\b" +
  "(?:\\/[!#-&*-;=?-Z^_a-z~]*)?", "gi");
const PHONE = new RegExp(
  "(^|[^\\p{L}\\p{N}_.,٫٬+])((?:\\+\\s?\\p{Nd}|\\(?[0٠۰०০]\\p{Nd}|\\(?1?[-‑ ]?\\(?\\p{Nd}{3}\\)?[-‑]\\p{Nd}{3}[-‑]\\p{Nd})" +
  "(?:[\\s\\-‑–().]{0,3}\\p{Nd}){3,13})(?![\\p{L}\\p{N}_])(?![.,]\\p{Nd})", "gu");
const LEAST_DIGITS = 7;
const DESTINATION = /\]\([^)]*\)/g;
const MARKUP = /https?:\/\/\S+|\]\([^)]*\)|\{[^{}]*\}|<[^<>]*>|`[^`]*`|\S+@\S+/g;
const CLOSING = /["'”’»)\]}*_\s\u200e\u200f\u2069›」』）】]+$/;
const MARKS = ["**", "]("];

// Digits of every script come in tens, one behind the other.
function digitOf(sign) {
  const code = sign.codePointAt(0);
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) { before += 1; }
  return before % 10;
}

function latin(text) {
  return Array.from(text).map(function (sign) { return DIGIT.test(sign) ? digitOf(sign) : sign; }).join("");
}

// ፲፱ is 19, ፪፻ is 200, ፼ is 10,000.
function ethiopic(text) {
  let total = 0, hundreds = 0, part = 0;
  for (const sign of text) {
    const at = sign.codePointAt(0) - 0x1369;
    if (sign === "፻") { hundreds += (part || 1) * 100; part = 0; }
    else if (sign === "፼") { total = (total + hundreds + part || 1) * 10000; hundreds = part = 0; }
    else { part += at < 9 ? at + 1 : (at - 8) * 10; }
  }
  return total + hundreds + part;
}

function valueOf(digits, decimal) {
  if (/^\d+$/.test(digits)) { return Number(digits); }
  if (digits in FRACTIONS) { return FRACTIONS[digits]; }
  if (!/^\d/.test(digits)) { return ethiopic(digits); }
  const signs = digits.replace(/\d/g, "");
  const last = signs[signs.length - 1];
  const cut = digits.lastIndexOf(last);
  const tail = digits.slice(cut + 1);
  const isOnce = signs.split(last).length === 2;
  if (!isOnce || (tail.length === 3 && last !== (last === "٫" ? "٫" : decimal))) {
    return Number(digits.replace(/\D/g, ""));
  }
  return Number(digits.slice(0, cut).replace(/\D/g, "") + "." + tail);
}

// What the word behind a number multiplies it by, 1 if by nothing: 1.5 million, 3 万.
function multiplierOf(after, forms) {
  const rest = after.replace(/^[\s\-‑]+/, "").toLowerCase();
  const found = forms.filter(function (each) { return each[1] >= 100 && rest.startsWith(each[0].replace(/\*/g, "")); });
  return Math.max(1, ...found.map(function (each) { return each[1]; }));
}

function readNumbers(text, decimal, forms) {
  const found = [];
  for (const hit of text.matchAll(NUMBER)) {
    const spelling = latin(hit[0]);
    const isOne = !/\D/.test(spelling) || !/^\d/.test(spelling) ||
      (ONE.some(function (form) { return form.test(spelling); }) && !DAY_AND_YEAR.test(spelling));
    const pieces = isOne ? [[hit[0], 0]] :
      Array.from(hit[0].matchAll(/\p{Nd}+/gu), function (part) { return [part[0], part.index]; });
    for (const [piece, at] of pieces) {
      const value = valueOf(latin(piece), decimal);
      const start = hit.index + at, after = text.slice(start + piece.length);
      const clock = CLOCK.exec(after);
      const values = [value];
      values.push(value * multiplierOf(after, forms));
      if (clock && value <= 12) { values.push(value % 12 + (/p/i.test(clock[1]) ? 12 : 0)); }
      found.push({
        text: piece,
        values: values,
        isName: NAME_BEFORE.test(text.slice(Math.max(0, start - 12), start)),
        isMinutes: value === 0 && /[:：]$/.test(text.slice(0, start))
      });
    }
  }
  return found;
}

function addressesOf(text) {
  return Array.from(text.matchAll(ADDRESS), function (hit) {
    const plain = hit[0].replace(/[.,;:!?*_'")\]}]+$/, "").toLowerCase().replace(/^https?:\/\//, "").replace(/\/$/, "");
    return { start: hit.index, end: hit.index + hit[0].length, text: plain };
  });
}

function phonesOf(text) {
  return Array.from(text.matchAll(PHONE), function (hit) {
    const digits = latin(hit[2]).replace(/\D/g, "");
    const start = hit.index + hit[1].length;
    return { start: start, end: start + hit[2].length, text: (hit[2][0] === "+" ? "+" : "") + digits };
  }).filter(function (phone) { return phone.text.replace("+", "").length >= LEAST_DIGITS; });
}

function blank(text, places) {
  return places.reduce(function (rest, place) {
    return rest.slice(0, place.start) + " ".repeat(place.end - place.start) + rest.slice(place.end);
  }, text);
}

// Each contact by what it comes to, with what stands in the text.
function contactsOf(text) {
  const plain = text.replace(DESTINATION, "]");
  const addresses = addressesOf(plain);
  return new Set(addresses.concat(phonesOf(blank(plain, addresses))).map(function (each) { return each.text; }));
}

function withoutContacts(text) {
  return blank(text, addressesOf(text).concat(phonesOf(text)));
}

function count(text, piece) {
  return piece ? text.split(piece).length - 1 : 0;
}

// The values that number words of a text say, alone and in a row: two, hundred, two hundred.
function wordValues(folded, forms, isSpaced) {
  const places = [];
  for (const [form, value] of forms) {
    const plain = form.replace(/\*/g, "");
    for (let at = folded.indexOf(plain); plain && at >= 0; at = folded.indexOf(plain, at + 1)) {
      const before = isSpaced && form[0] !== "*" && LETTER.test(folded[at - 1] || "");
      const after = isSpaced && form[form.length - 1] !== "*" && LETTER.test(folded[at + plain.length] || "");
      if (!before && !after) { places.push([at, value]); }
    }
  }
  places.sort(function (a, b) { return a[0] - b[0]; });
  const values = new Set();
  places.forEach(function (_, from) {
    let total = 0, part = 0;
    for (const [, value] of places.slice(from, from + 5)) {
      values.add(value);
      if (value >= 1000) { total += (part || 1) * value; part = 0; }
      else if (value === 100) { part = (part || 1) * 100; }
      else { part += value; }
      values.add(total + part);
    }
  });
  return values;
}

function makeChecks(data) {
  const rules = data.rules;
  const folding = new Map(Object.entries(rules.folding));

  function fold(text) {
    return Array.from(text.toLowerCase().normalize("NFC")).map(function (sign) {
      return folding.has(sign) ? folding.get(sign) : sign;
    }).join("");
  }

  function hasTerm(folded, term) {
    const wanted = fold(term);
    for (let at = folded.indexOf(wanted); wanted && at >= 0; at = folded.indexOf(wanted, at + 1)) {
      if (!rules.is_spaced || !LETTER.test(folded[at - 1] || "")) { return true; }
    }
    return false;
  }

  function plainWords(text) {
    return (fold(text.replace(MARKUP, " ")).match(/\p{L}+/gu) || []).join(" ");
  }

  function compareNumbers(row, text) {
    const old = readNumbers(withoutContacts(row.source), rules.source_decimal, rules.source_numbers);
    const now = readNumbers(withoutContacts(text), rules.target_decimal, rules.target_numbers);
    function lacks(numbers, wanted) {
      return !numbers.some(function (each) {
        return each.values.some(function (value) { return wanted.values.includes(value); });
      });
    }
    let missing = old.filter(function (each) { return !each.isName && !each.isMinutes && lacks(now, each); });
    let foreign = now.filter(function (each) { return !each.isMinutes && lacks(old, each); });
    if (missing.length) {
      const said = wordValues(fold(text), rules.target_numbers, rules.is_spaced);
      const isKnown = rules.target_numbers.length > 0 || foreign.length > 0;
      missing = missing.filter(function (each) {
        return !each.values.some(function (value) { return said.has(value); }) &&
          (isKnown || each.values[0] > LARGEST_WORD);
      });
    }
    if (foreign.length) {
      const said = wordValues(fold(row.source), rules.source_numbers, true);
      foreign = foreign.filter(function (each) {
        return !each.values.some(function (value) { return said.has(value); });
      });
    }
    return { missing: missing, foreign: foreign };
  }

  function textsOf(numbers) {
    return numbers.length ? [{ what: numbers.map(function (each) { return each.text; }).join(", ") }] : [];
  }

  function missingFrom(wanted, there) {
    return Array.from(wanted).filter(function (each) { return !there.has(each); })
      .map(function (each) { return { what: each }; });
  }

  function endOf(text) {
    return text.replace(CLOSING, "").slice(-1);
  }

  // Name of the words, and what to fill into them: once for each thing that is wrong.
  const ofText = [
    ["copy", function (row, text) {
      const isSame = data.locale.split("-")[0] === data.source_locale.split("-")[0];
      const isName = !/\b[a-z]{2,}\b/.test(row.source.replace(MARKUP, " "));
      return !isSame && !isName && plainWords(text) === plainWords(row.source) ? [{}] : [];
    }],
    ["missing_number", function (row, text) { return textsOf(compareNumbers(row, text).missing); }],
    ["foreign_number", function (row, text) { return textsOf(compareNumbers(row, text).foreign); }],
    ["missing_contact", function (row, text) { return missingFrom(contactsOf(row.source), contactsOf(text)); }],
    ["foreign_contact", function (row, text) { return missingFrom(contactsOf(text), contactsOf(row.source)); }],
    ["piece", function (row, text) {
      const pieces = row.protected || [];
      return Array.from(new Set(pieces)).filter(function (piece) {
        return count(text, piece) < pieces.filter(function (each) { return each === piece; }).length;
      }).map(function (piece) { return { what: piece }; });
    }],
    ["marks", function (row, text) {
      return MARKS.filter(function (mark) { return count(row.source, mark) !== count(text, mark); })
        .map(function (mark) { return { what: mark === "**" ? "**…**" : "[…](…)" }; });
    }],
    ["question_mark", function (row, text) {
      const isAsked = endOf(row.source) === "?";
      return isAsked && !Array.from(rules.question_marks).some(function (mark) { return text.includes(mark); }) ? [{}] : [];
    }],
    ["end", function (row, text) {
      const end = endOf(row.source);
      return ".!".includes(end) && end && !(rules.sentence_ends + "…:;").includes(endOf(text)) ? [{ what: end }] : [];
    }],
    ["forbidden", function (row, text) {
      return termsOf(row, "forbidden").filter(function (term) { return hasTerm(fold(text), term[1]); })
        .map(function (term) { return { what: term[1], term: term[0] }; });
    }],
    ["keep", function (row, text) {
      const kept = termsOf(row, "do not translate");
      return kept.filter(function (term) {
        return !kept.some(function (each) { return each[0] === term[0] && hasTerm(fold(text), each[1]); });
      }).map(function (term) { return { what: term[1] }; });
    }]
  ];

  function termsOf(row, status) {
    return (row.terms || []).filter(function (term) { return Array.isArray(term) && term[2] === status; });
  }

  // What to look at again in a translation, in the words of the editor.
  return function (row, work) {
    const found = [];
    if (work.state === "done" && !work.target.trim()) { found.push(["nothing", {}]); }
    if (row.target && !work.target.trim()) { found.push(["emptied", {}]); }
    if (work.state === "question" && !work.remark.trim() && !row.remark) { found.push(["no_question", {}]); }
    if (work.target.trim()) {
      for (const [name, find] of ofText) {
        for (const values of find(row, work.target)) { found.push([name, values]); }
      }
    }
    return found.map(function (each) { return fill(data.words["check_" + each[0]], isolated(each[1])); });
  };
}

// A piece of text of either direction that turns nothing round beside it.
function isolated(values) {
  return Object.fromEntries(Object.entries(values).map(function (each) { return [each[0], "\u2068" + each[1] + "\u2069"]; }));
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? String(values[name]) : all; });
}
