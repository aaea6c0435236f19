// Shares a page, and keeps it on the device of a reader who asks for that. Nothing is kept before.
(() => {
  const box = document.querySelector(".keeping");
  if (!box) return;
  const find = (name) => box.querySelector(`[data-do="${name}"]`);
  const state = box.querySelector("[data-state]");
  const show = (button, shown) => {
    button.parentNode.hidden = !shown;
  };
  const say = (...spans) => {
    state.replaceChildren();
    for (const span of spans) {
      span.hidden = false;
      state.append(span, " ");
    }
  };
  const words = new Map([...box.querySelectorAll("[data-say]")].map((e) => [e.dataset.say, e]));
  const word = (id) => words.get(id).cloneNode(true);
  const sized = (bytes) => {
    const span = word("offline-size");
    const size = document.createElement("bdi");
    size.dir = "ltr";
    size.textContent = Math.ceil(bytes / 1000);
    const [before, after] = span.textContent.split("{size}");
    span.replaceChildren(before, size, after || "");
    span.hidden = false;
    return span;
  };

  // --- Share -------------------------------------------------------------------
  const share = find("share");
  const address = document.querySelector("link[rel=canonical]")?.href || location.href;
  const canCopy = Boolean(navigator.clipboard);
  if (navigator.share || canCopy) {
    show(share, true);
    share.addEventListener("click", async () => {
      try {
        if (navigator.share) return await navigator.share({ title: document.title, url: address });
        await navigator.clipboard.writeText(address);
        say(word("share-copied"));
      } catch (error) {
        // The reader closed the menu, or the browser does not allow it.
      }
    });
  }

  // --- Keep --------------------------------------------------------------------
  if (!box.dataset.keeper || !navigator.serviceWorker || !window.caches) return;
  const [keep, forget] = [find("keep"), find("forget")];
  const keeper = new URL(box.dataset.keeper, location);
  const scope = new URL("./", keeper).href;
  const page = location.href.split(/[?#]/)[0];
  const leaflet = box.dataset.leafletHref && new URL(box.dataset.leafletHref, page).href;
  const cacheName = (url) => `kept ${scope} ${url}`;

  // What the browser fetched for this page: styles, pictures, fonts.
  const loaded = () =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry.name.startsWith(`${scope}assets/`) || entry.initiatorType === "img")
      .filter((entry) => entry.name.startsWith(scope));

  const showSize = async () => {
    let bytes = performance.getEntriesByType("navigation")[0]?.encodedBodySize || 0;
    for (const entry of loaded()) bytes += entry.encodedBodySize || 0;
    const answer = leaflet && (await fetch(leaflet, { method: "HEAD" }).catch(() => null));
    bytes += Number(answer?.headers.get("content-length")) || 0;
    keep.querySelector("[data-size]").replaceChildren("(", sized(bytes), ")");
  };

  const refresh = async () => {
    const cache = (await caches.has(cacheName(page))) && (await caches.open(cacheName(page)));
    const record = cache && (await (await cache.match(`${page}kept.json`))?.json());
    show(keep, !record);
    show(forget, Boolean(record));
    if (record) say(word("kept-offline"), sized(record.bytes));
    return Boolean(record);
  };

  // The keeper answers when all is there, or that it could not be fetched.
  const ask = (worker, message) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.postMessage(message, [port2]);
    });

  keep.addEventListener("click", async () => {
    keep.disabled = true;
    try {
      await navigator.serviceWorker.register(keeper, { scope });
      const { active } = await navigator.serviceWorker.ready;
      const files = loaded().map((entry) => entry.name);
      await ask(active, { page, files });
    } catch (error) {
      say();
    }
    keep.disabled = false;
    if (await refresh()) forget.focus();
  });

  forget.addEventListener("click", async () => {
    await caches.delete(cacheName(page));
    say();
    const names = await caches.keys();
    if (!names.some((name) => /^kept(-language)? /.test(name) && name.includes(` ${scope} `))) {
      await caches.delete(`kept-files ${scope} `);
      await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
    }
    await refresh();
    keep.focus();
  });

  // The size of the leaflet is asked for when a reader moves on the page: a first look costs nothing.
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
