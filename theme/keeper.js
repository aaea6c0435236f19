// Keeps pages that a reader asked for, to be read without the internet: a service worker.
// The network comes first, always: a page that was changed or withdrawn is replaced or dropped as
// soon as there is contact, whichever page the reader then opens. Nothing is kept unasked, and
// nothing of another site.
const scope = self.registration.scope;
const PREFIX = `kept ${scope} `;
const RECORD = "kept.json";
// What only a page of advice that may be kept has; a notice in its place has it not.
const MAY_BE_KEPT = /<p [^>]*id="site-offline"/;
const LOADED = /<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"[^>]*>/g;
const LEAFLET = /\sdata-leaflet-href="([^"]+)"/;
const A_WHILE = 60_000;
let lastRound = 0;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { page, files } = event.data;
  const [port] = event.ports;
  const done = keep(page, files).then(
    (record) => port.postMessage(record),
    (error) => port.postMessage({ error: String(error) }),
  );
  event.waitUntil(done);
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(scope);
  if (!isOurs || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(open(event));
  else event.respondWith(fetch(request).catch((error) => kept(request.url, error)));
});

// --- Keeping -------------------------------------------------------------------

async function keep(page, files) {
  if (!page.startsWith(scope)) throw new Error("not ours");
  const answer = await fetch(page, { cache: "no-cache" });
  return store(page, answer, files);
}

async function store(page, answer, files) {
  const text = await answer.clone().text();
  if (!answer.ok || answer.redirected || !MAY_BE_KEPT.test(text)) {
    await caches.delete(PREFIX + page);
    throw new Error("may not be kept");
  }
  const wanted = new Set(files);
  const found = [...text.matchAll(LOADED)]
    .filter(([tag]) => !/^<link/.test(tag) || /rel="(?:stylesheet|icon)"/.test(tag))
    .map(([, address]) => address);
  for (const address of [...found, ...(LEAFLET.exec(text)?.slice(1) || [])]) {
    wanted.add(new URL(unescaped(address), page).href);
  }
  const parts = await Promise.all([...wanted].filter(isOwn).map(part));
  // All is there: only now it takes the place of what was kept before.
  await caches.delete(PREFIX + page);
  const cache = await caches.open(PREFIX + page);
  let bytes = (await answer.clone().blob()).size;
  for (const [url, response] of parts.filter(Boolean)) {
    bytes += (await response.clone().blob()).size;
    await cache.put(url, response);
  }
  await cache.put(page, answer);
  const title = /<title[^>]*>([^<]*)/.exec(text)?.[1] || "";
  const record = { bytes, at: Date.now(), title, files: [...wanted] };
  await cache.put(page + RECORD, new Response(JSON.stringify(record)));
  return record;
}

const isOwn = (url) => url.startsWith(scope);
const unescaped = (text) => text.replaceAll("&amp;", "&");

async function part(url) {
  const response = await fetch(url);
  return response.ok && !response.redirected ? [url, response] : null;
}

// --- At contact ----------------------------------------------------------------

async function open(event) {
  const page = event.request.url.split(/[?#]/)[0];
  try {
    const answer = await fetch(event.request);
    event.waitUntil(contact(page, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    return (await keptPage(page)) || missing(page);
  }
}

async function contact(page, answer) {
  if (await caches.has(PREFIX + page)) await renew(page, answer);
  if (Date.now() - lastRound < A_WHILE) return;
  lastRound = Date.now();
  for (const other of (await keptPages()).filter((each) => each !== page)) {
    await renew(other, await fetch(other, { cache: "no-cache" }));
  }
}

// A page that is gone, or is a notice now, goes; one that is another now is kept as it is now. A
// server that is out of order says nothing of the page.
async function renew(page, answer) {
  if (answer.status >= 500 || answer.status === 429 || answer.type === "opaqueredirect") return;
  const cache = await caches.open(PREFIX + page);
  const record = await (await cache.match(page + RECORD))?.json();
  const before = await (await cache.match(page))?.text();
  if (answer.ok && before === (await answer.clone().text())) return;
  await store(page, answer, (record && record.files.filter((url) => /\.woff2?$/.test(url))) || []).catch(
    () => {},
  );
}

async function keptPages() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
}

// --- Without the internet --------------------------------------------------------

async function kept(url, error) {
  for (const page of await keptPages()) {
    const found = await (await caches.open(PREFIX + page)).match(url);
    if (found) return found;
  }
  throw error;
}

async function keptPage(url) {
  if (!(await caches.has(PREFIX + url))) return kept(url).catch(() => null); // a leaflet
  const cache = await caches.open(PREFIX + url);
  const [page, record] = [await cache.match(url), await cache.match(`${url}${RECORD}`)];
  if (!page || !record) return null;
  const day = new Date((await record.json()).at);
  const text = await page.text();
  const language = /<html[^>]*\slang="([^"]+)"/.exec(text)?.[1] || "en";
  const told = text.replace(
    /(<p [^>]*id="site-offline"[^>]*?) hidden>(.*?)<\/p>/s,
    (_, opening, words) => `${opening}>${words.replace("{date}", dated(day, language))}</p>`,
  );
  return new Response(told, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// In the reader's language where the browser knows it, else as all can read it.
function dated(day, language) {
  const local = new Date(day - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  const words = isKnown ? day.toLocaleDateString(language, { dateStyle: "long" }) : local;
  return `<time datetime="${local}"><bdi>${words}</bdi></time>`;
}

async function missing(url) {
  const [tag] = url.slice(scope.length).split("/");
  const pages = await keptPages();
  const own = pages.filter((page) => page.startsWith(`${scope}${tag}/`));
  const shown = own.length ? own : pages;
  let [opening, said] = ["", ""];
  const links = [];
  for (const page of shown) {
    const cache = await caches.open(PREFIX + page);
    const text = (await (await cache.match(page))?.text()) || "";
    opening ||= /<html[^>]*>/.exec(text)?.[0].replace("no-js", "") || "";
    said ||= /<p id="site-offline-missing" hidden([^>]*>.*?<\/p>)/s.exec(text)?.[1] || "";
    const title = /<title([^>]*)>([^<]*)/.exec(text) || ["", "", page];
    links.push(`<li><a href="${encodeURI(page)}"${title[1]}>${title[2]}</a></li>`);
  }
  if (!said) return Response.error();
  const html = `<!doctype html>${opening}<meta charset="utf-8"><title>${said.replace(/^[^>]*>|<[^>]+>/g, "")}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{font:1.1rem/1.7 system-ui,sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem}:root{color-scheme:light dark}</style>
<main><p role="status"${said}<ul>${links.join("")}</ul></main></html>`;
  return new Response(html, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    },
  });
}
