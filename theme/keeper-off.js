// Takes away what was kept on readers' devices, and itself: `keep_offline = false` in the settings.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const isOurs = (name) => /^kept(-language|-files)? /.test(name) && name.includes(` ${self.registration.scope} `);
  const gone = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(isOurs).map((n) => caches.delete(n)));
    await self.registration.unregister();
  };
  event.waitUntil(gone());
});
