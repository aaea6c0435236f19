// Offers the languages that the browser is set to. It offers; it never moves the reader.
(() => {
  const box = document.getElementById("suggestion");
  const aliases = { "fa-af": "prs", tl: "fil", "ku-iq": "ckb", "ku-arab": "ckb" };
  const links = new Map(
    [...document.querySelectorAll(".gateway a[data-suggest]")].map((a) => [a.lang.toLowerCase(), a]),
  );
  const find = (wish) => {
    for (let tag = wish.toLowerCase(); tag; tag = tag.replace(/-?[^-]*$/, "")) {
      const link = links.get(aliases[tag] || tag);
      if (link) return link;
    }
    return null;
  };
  const found = new Set((navigator.languages || []).map(find).filter(Boolean));
  for (const link of [...found].slice(0, 3)) {
    const offer = document.createElement("a");
    offer.className = "md-button md-button--primary";
    offer.href = link.href;
    offer.hreflang = link.hreflang;
    offer.lang = link.lang;
    offer.dir = link.dir;
    offer.textContent = link.dataset.suggest;
    box.append(offer, " ");
  }
  box.hidden = found.size === 0;
})();
