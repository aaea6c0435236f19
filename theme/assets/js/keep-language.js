// Keeps all pages of a language on the device of a reader who asks for that. Nothing is kept before.
(() => {
  const box = document.querySelector("[data-keep-list]");
  if (!box || !navigator.serviceWorker || !window.caches) return;
  const [keep, forget] = ["keep", "forget"].map((name) => box.querySelector(`[data-do="${name}"]`));
  const state = box.querySelector("[data-state]");
  const size = keep.querySelector("[data-size]");
  const keeper = new URL(box.dataset.keeper, location);
  const scope = new URL("./", keeper).href;
  const language = new URL("./", location).href;
  const list = new URL(box.dataset.keepList, language).href;
  const cacheName = `kept-language ${scope} ${language}`;
  const show = (button, shown) => {
    button.parentNode.hidden = !shown;
  };
  const words = new Map([...box.querySelectorAll("[data-say]")].map((e) => [e.dataset.say, e]));
  const word = (id) => {
    const span = words.get(id).cloneNode(true);
    span.hidden = false;
    return span;
  };
  const sized = (...numbers) => {
    const span = word("offline-size");
    const number = document.createElement("bdi");
    number.dir = "ltr";
    number.textContent = numbers.map((bytes) => Math.ceil(bytes / 1000)).join(" / ");
    const [before, after] = span.textContent.split("{size}");
    span.replaceChildren(before, number, after || "");
    return span;
  };
  // Fonts that this device lacks: the browser has fetched them for this page.
  const fonts = () =>
    performance.getEntriesByType("resource").filter((entry) => entry.name.startsWith(`${scope}assets/fonts/`));

  const showSize = async () => {
    const answer = await fetch(list).catch(() => null);
    if (!answer?.ok) return;
    const own = fonts().reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0);
    size.replaceChildren("(", sized((await answer.json()).bytes + own), ")");
  };

  const refresh = async () => {
    const cache = (await caches.has(cacheName)) && (await caches.open(cacheName));
    const record = cache && (await (await cache.match(`${language}kept.json`))?.json());
    show(keep, !record);
    show(forget, Boolean(record));
    if (record) state.replaceChildren(word("kept-offline"), " ", sized(record.bytes));
    return Boolean(record);
  };

  // The keeper tells how far it is, and at the end that all is there, or why nothing is.
  const ask = (worker, message) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        if (data.error) reject(new Error(data.error));
        else if (data.total) size.replaceChildren("(", sized(data.done, data.total), ")");
        else resolve(data);
      };
      worker.postMessage(message, [port2]);
    });

  const leave = async () => {
    const names = await caches.keys();
    if (names.some((name) => /^kept(-language)? /.test(name) && name.includes(` ${scope} `))) return;
    await caches.delete(`kept-files ${scope} `);
    await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
  };

  keep.addEventListener("click", async () => {
    keep.disabled = true;
    state.replaceChildren();
    try {
      await navigator.serviceWorker.register(keeper, { scope });
      const { active } = await navigator.serviceWorker.ready;
      await ask(active, { language, list, fonts: fonts().map((entry) => entry.name) });
    } catch (error) {
      state.replaceChildren(word(error.message === "room" ? "keep-no-room" : "keep-failed"));
      await leave();
    }
    showSize();
    keep.disabled = false;
    if (await refresh()) forget.focus();
  });

  forget.addEventListener("click", async () => {
    await caches.delete(cacheName);
    state.replaceChildren();
    await leave();
    await refresh();
    keep.focus();
  });

  // The list is asked for when a reader moves on the page: a first look costs nothing.
  const sizes = new AbortController();
  const sizeOnce = () => {
    sizes.abort();
    showSize();
  };
  const once = { once: true, passive: true, signal: sizes.signal };
  for (const event of ["focus", "pointerenter"]) keep.addEventListener(event, sizeOnce, once);
  window.addEventListener("scroll", sizeOnce, once);
  refresh();
})();
