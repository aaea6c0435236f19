// Offers the reader's own language: on the gateway, and on pages in the source language where the
// page is there in it. It offers; it never moves the reader. What they choose is remembered on
// this device alone, and nothing breaks where nothing can be stored.
(() => {
  const KEY = "language";
  const aliases = { "fa-af": "prs", tl: "fil", "ku-iq": "ckb", "ku-arab": "ckb" };
  const own = document.currentScript.src;
  const source = document.documentElement.lang;
  const places = ".gateway a[hreflang], .languages__menu a[hreflang]";
  const links = new Map(
    [...document.querySelectorAll(places)].map((a) => [a.hreflang.toLowerCase(), a]),
  );

  const recall = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const remember = (tag) => {
    try {
      localStorage.setItem(KEY, tag);
    } catch {
      // A private window: the choice holds for this page.
    }
  };
  const find = (wish) => {
    for (let tag = wish.toLowerCase(); tag; tag = tag.replace(/-?[^-]*$/, "")) {
      const link = links.get(aliases[tag] || tag);
      if (link) return link;
    }
    return null;
  };
  const make = (name, text, like, isFirst) => {
    const made = document.createElement(name);
    made.className = isFirst ? "md-button md-button--primary" : "md-button";
    made.lang = like.lang;
    made.dir = like.dir;
    made.textContent = text;
    return made;
  };
  const linkTo = (link, text) => {
    const made = make("a", text, link, true);
    made.href = link.href;
    made.hreflang = link.hreflang;
    return made;
  };

  const suggest = (box, wishes) => {
    const found = [...new Set(wishes.map(find).filter(Boolean))].slice(0, 3);
    for (const link of found) box.append(linkTo(link, link.dataset.suggest), " ");
    box.hidden = found.length === 0;
  };

  const offer = async (link) => {
    const reply = await fetch(new URL("../../offers.json", own)).catch(() => null);
    const words = reply?.ok ? await reply.json() : {};
    const said = words[link.hreflang] || {};
    const box = document.createElement("div");
    box.className = "offer md-typeset";
    const row = document.createElement("p");
    row.className = "md-grid wide";
    const speech = said.dismiss ? link : { lang: source, dir: document.documentElement.dir };
    const no = make("button", said.dismiss || words[source]?.dismiss || "×", speech, false);
    no.type = "button";
    no.addEventListener("click", () => {
      remember(source);
      box.remove();
      document.getElementById("site-content").focus();
    });
    row.append(linkTo(link, said.offer || link.textContent), " ", no);
    box.append(row);
    document.querySelector("body > header").append(box);
  };

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest(`${places}, .suggestion a, .offer a`);
    if (chosen) remember(chosen.hreflang);
  });
  const chosen = recall();
  const wishes = navigator.languages || [];
  const box = document.getElementById("suggestion");
  if (box) {
    suggest(box, chosen ? [chosen, ...wishes] : [...wishes]);
  } else {
    const elsewhere = (link) => link && link.hreflang !== source;
    const link = (chosen ? [chosen] : [...wishes]).map(find).find(elsewhere);
    if (link) offer(link);
  }
})();
