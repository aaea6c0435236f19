// Keeps pages that a reader asked for, or all of a language, to be read without the internet: a
// service worker. The network comes first, always: a page that was changed or withdrawn is replaced or
// dropped as soon as there is contact, whichever page the reader then opens. Nothing is kept unasked,
// and nothing of another site.
const scope = self.registration.scope;
const PREFIX = `kept ${scope} `;
const LANGUAGE = `kept-language ${scope} `;
// Styles, scripts and fonts, named by their content: one copy for all that is kept.
const SHARED = `kept-files ${scope} `;
const RECORD = "kept.json";
// What only a page of advice that may be kept has; a notice in its place has it not.
const MAY_BE_KEPT = /<p [^>]*id="site-offline"/;
const LOADED = /<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"[^>]*>/g;
const LEAFLET = /\sdata-leaflet-href="([^"]+)"/;
const A_WHILE = 60_000;
const AT_ONCE = 6;
let lastRound = 0;
// Keepings that are under way: what they have brought is not yet named by a record.
let busy = 0;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { page, files, language, list, fonts } = event.data;
  const [port] = event.ports;
  const tell = (done, total) => port.postMessage({ done, total });
  const done = quietly(() => (language ? keepLanguage(language, list, fonts, tell) : keep(page, files)));
  event.waitUntil(
    done.then(
      (record) => port.postMessage(record),
      (error) => port.postMessage({ error: error.name === "QuotaExceededError" ? "room" : String(error) }),
    ),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(scope);
  if (!isOurs || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(open(event));
  else event.respondWith(fetch(request).catch((error) => kept(request.url, error)));
});

// --- Keeping -------------------------------------------------------------------

// Something that brings files; afterwards those go that nothing kept needs.
async function quietly(work) {
  busy += 1;
  try {
    return await work();
  } finally {
    busy -= 1;
    await tidy();
  }
}

async function tidy() {
  if (busy) return;
  const used = new Set();
  for (const [name, key] of await holders()) {
    const record = await recordOf(name, key);
    // A page or a language whose keeping broke off was never kept.
    if (!record) await caches.delete(name);
    else for (const url of record.files) used.add(url);
  }
  if (busy || !(await caches.has(SHARED))) return;
  const shared = await caches.open(SHARED);
  for (const { url } of await shared.keys()) if (!used.has(url)) await shared.delete(url);
  if (!(await shared.keys()).length) await caches.delete(SHARED);
}

async function keep(page, files) {
  if (!page.startsWith(scope)) throw new Error("not ours");
  const answer = await fetch(page, { cache: "no-cache" });
  return store(page, answer, files);
}

async function store(page, answer, files, isRenewal = false) {
  const text = await answer.clone().text();
  if (!answer.ok || answer.redirected || !MAY_BE_KEPT.test(text)) {
    await caches.delete(PREFIX + page);
    throw new Error("may not be kept");
  }
  const wanted = new Set(files);
  const addresses = [...text.matchAll(LOADED)]
    .filter(([tag]) => !/^<link/.test(tag) || /rel="(?:stylesheet|icon)"/.test(tag))
    .map(([, address]) => address);
  for (const address of [...addresses, ...(LEAFLET.exec(text)?.slice(1) || [])]) {
    wanted.add(new URL(unescaped(address), page).href);
  }
  const parts = await Promise.all([...wanted].filter(isOwn).map(part));
  // All is there: only now it takes the place of what was kept before, if the reader still keeps that.
  if (isRenewal && !(await caches.has(PREFIX + page))) return undefined;
  await caches.delete(PREFIX + page);
  const cache = await caches.open(PREFIX + page);
  const shared = await caches.open(SHARED);
  let bytes = (await answer.clone().blob()).size;
  for (const [url, response] of parts.filter(Boolean)) {
    bytes += (await response.clone().blob()).size;
    await (isShared(url) ? shared : cache).put(url, response);
  }
  await cache.put(page, answer);
  const title = /<title[^>]*>([^<]*)/.exec(text)?.[1] || "";
  const record = { bytes, at: Date.now(), title, files: [...wanted] };
  await cache.put(page + RECORD, new Response(JSON.stringify(record)));
  return record;
}

const isOwn = (url) => url.startsWith(scope);
const isShared = (url) => url.startsWith(`${scope}assets/`);
const unescaped = (text) => text.replaceAll("&amp;", "&");

async function part(url) {
  const response = await fetch(url);
  return response.ok && !response.redirected ? [url, response] : null;
}

// --- A whole language ------------------------------------------------------------

async function keepLanguage(language, list, fonts, tell) {
  if (!isOwn(language) || !isOwn(list)) throw new Error("not ours");
  try {
    const answer = await fetch(list, { cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error("no list");
    const cache = await caches.open(LANGUAGE + language);
    return await fill(cache, { language, list, wanted: await answer.json(), fonts: fonts.filter(isShared) }, tell);
  } catch (error) {
    await caches.delete(LANGUAGE + language);
    throw error;
  }
}

// Brings what the list names and is not there as the list says; the record, which says that the
// language is kept, is written when all is there.
async function fill(cache, { language, list, wanted, fonts }, tell = () => {}) {
  const shared = await caches.open(SHARED);
  const entries = wanted.files.map(([path, digest, bytes]) => ({ url: new URL(path, scope).href, digest, bytes }));
  let bytes = 0;
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    await Promise.all(some.map(({ url, digest }) => bring(isShared(url) ? shared : cache, url, digest)));
    bytes = some.reduce((sum, entry) => sum + entry.bytes, bytes);
    tell(bytes, wanted.bytes);
  }
  for (const url of fonts) {
    const response = (await shared.match(url)) || (await fetch(url));
    if (!response.ok) throw new Error("a font is not there");
    bytes += (await response.clone().blob()).size;
    await shared.put(url, response);
  }
  const files = [...entries.map(({ url }) => url), ...fonts];
  await drop(cache, language, files);
  const record = { bytes, at: Date.now(), version: wanted.version, list, files, fonts };
  await cache.put(language + RECORD, new Response(JSON.stringify(record)));
  return record;
}

async function bring(cache, url, digest) {
  const there = await cache.match(url);
  if (there && (await digestOf(there)).startsWith(digest)) return;
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok || response.redirected) throw new Error("not there");
  if (!(await digestOf(response.clone())).startsWith(digest)) throw new Error("changed meanwhile");
  await cache.put(url, response);
}

async function digestOf(response) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function drop(cache, language, files) {
  const staying = new Set([...files, language + RECORD]);
  for (const { url } of await cache.keys()) if (!staying.has(url)) await cache.delete(url);
}

// What may not be read any more goes first, whatever then comes of the rest.
async function renewLanguage(language) {
  const record = await recordOf(LANGUAGE + language, language);
  if (!record) return;
  // What is put into it is lost if the reader takes it away meanwhile: nothing comes back unasked.
  const cache = await caches.open(LANGUAGE + language);
  const answer = await fetch(record.list, { cache: "no-cache" });
  if (answer.status >= 500 || answer.status === 429) return;
  if (!answer.ok) {
    await caches.delete(LANGUAGE + language);
    return;
  }
  const wanted = await answer.json();
  if (wanted.version === record.version) return;
  await drop(cache, language, wanted.files.map(([path]) => new URL(path, scope).href));
  await fill(cache, { language, list: record.list, wanted, fonts: record.fonts });
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

const contact = (page, answer) => quietly(() => round(page, answer));

async function round(page, answer) {
  const isDue = Date.now() - lastRound >= A_WHILE;
  if (await caches.has(PREFIX + page)) await renew(page, answer.clone());
  for (const language of await keptLanguages()) {
    const before = await found(LANGUAGE + language, page);
    const isOther = before && (!answer.ok || (await before.text()) !== (await answer.clone().text()));
    if (isDue || isOther) await renewLanguage(language).catch(() => {});
  }
  if (!isDue) return;
  lastRound = Date.now();
  for (const other of (await keptPages()).filter((each) => each !== page)) {
    await renew(other, await fetch(other, { cache: "no-cache" }));
  }
}

// A page that is gone, or is a notice now, goes; one that is another now is kept as it is now. A
// server that is out of order says nothing of the page.
async function renew(page, answer) {
  if (answer.status >= 500 || answer.status === 429 || answer.type === "opaqueredirect") return;
  const record = await recordOf(PREFIX + page, page);
  const before = await (await found(PREFIX + page, page))?.text();
  if (before === undefined || (answer.ok && before === (await answer.clone().text()))) return;
  const fonts = (record?.files || []).filter((url) => /\.woff2?$/.test(url));
  await store(page, answer, fonts, true).catch(() => {});
}

const keptPages = () => named(PREFIX);
const keptLanguages = () => named(LANGUAGE);

async function named(prefix) {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

// What holds pages, each with the page or the language that its record is of.
async function holders() {
  const pages = (await keptPages()).map((page) => [PREFIX + page, page]);
  return [...pages, ...(await keptLanguages()).map((language) => [LANGUAGE + language, language])];
}

const recordOf = async (name, key) => (await found(name, key + RECORD))?.json();

// Opening a cache would make it anew where the reader has taken it away meanwhile.
const found = (name, url) => caches.match(url, { cacheName: name });

// --- Without the internet --------------------------------------------------------

async function kept(url, error) {
  const names = [SHARED, ...(await complete()).map(([name]) => name)];
  for (const name of names) {
    const there = await found(name, url);
    if (there) return there;
  }
  // Of a picture in several sizes one is kept: any will do.
  for (const name of names.filter(() => /\.\w+$/.test(url))) {
    for (const request of (await caches.has(name)) ? await (await caches.open(name)).keys() : []) {
      if (unsized(request.url) === unsized(url)) return found(name, request);
    }
  }
  throw error;
}

const unsized = (url) => url.replace(/\.w\d+\.[0-9a-f]{8}(\.\w+)$/, "$1");

// A language whose keeping is under way, or broke off, is not kept.
async function complete() {
  const all = [];
  for (const [name, key] of await holders()) {
    const record = await recordOf(name, key);
    if (record) all.push([name, record]);
  }
  return all;
}

async function keptPage(url) {
  for (const [name, record] of await complete()) {
    const page = await found(name, url);
    if (page && /\bhtml\b/.test(page.headers.get("Content-Type"))) return dayTold(page, new Date(record.at));
  }
  return kept(url).catch(() => null); // a leaflet
}

async function dayTold(page, day) {
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
  const all = await complete();
  const ofLanguage = all.filter(([name]) => name.includes(` ${scope}${tag}/`));
  let [opening, said] = ["", ""];
  const links = [];
  for (const [name] of ofLanguage.length ? ofLanguage : all) {
    // Of a whole language its first page is named.
    const page = name.slice((name.startsWith(PREFIX) ? PREFIX : LANGUAGE).length);
    const text = (await (await found(name, page))?.text()) || "";
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
