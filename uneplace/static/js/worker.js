// Between the page where hours are declared and the network: what could not leave stays on this device and
// leaves later. It keeps what was typed and one page that names nobody; never a page of the site (decision 0025).

const TYPED = "uneplace-typed";
const PAGES = "uneplace-pages";
const AWAY = "/hors-connexion/";
const DECLARING = /^\/(releves\/\d+\/declarer|par-lien\/releve)\/$/;

addEventListener("install", (event) => {
  // As nobody: the page that says that one is offline is the same for all.
  const page = new Request(AWAY, { credentials: "omit", cache: "reload" });
  event.waitUntil(caches.open(PAGES).then((pages) => pages.add(page)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const keptHere = (typed, answered) => {
  const why = answered ? "Le service ne répond pas" : "Hors connexion";
  const words = new URLSearchParams(typed).has("send")
    ? `${why}\u00a0: partira au retour du réseau`
    : `${why}, gardé ici`;
  const state = `<span id="etat" class="is-late" hx-swap-oob="true">${words}</span>`;
  return new Response(state, {
    headers: { "Content-Type": "text/html; charset=utf-8", "HX-Reswap": "none", "X-Kept": "here" },
  });
};

const arrived = (response) => response.headers.get("X-Kept") === "there";
// Whoever typed it is not who is here now: another link was opened, or the session is over.
const isOfAnother = (response) => response.status === 403 || response.redirected;
// One record a statement and an account: the pages of all links have the same address.
const keyOf = (path, account) => `${path}?${new URLSearchParams({ account })}`;

// Whoever asked to send, then touched a field, still wants the month to leave.
const stillSending = async (before, account, typed) => {
  if (!before) return typed;
  const last = await before.json();
  const fields = new URLSearchParams(typed);
  if (last.account !== account || !new URLSearchParams(last.typed).has("send") || fields.has("send")) return typed;
  fields.set("send", "");
  fields.delete("auto");
  return fields.toString();
};

const post = async (request) => {
  const sent = request.clone();
  const account = request.headers.get("X-Account");
  const month = request.headers.get("X-Month");
  const key = keyOf(new URL(request.url).pathname, account);
  const kept = await caches.open(TYPED);
  const response = await fetch(request).catch(() => null);
  if (response && response.status < 500 && !isOfAnother(response)) {
    if (arrived(response) || response.status === 422) await kept.delete(key);
    return response;
  }
  const typed = await stillSending(await kept.match(key), account, await sent.text());
  await kept.put(key, Response.json({ account, month, typed }));
  if (response && isOfAnother(response)) return response;
  await registration.sync?.register("declare").catch(() => {});
  return keptHere(typed, Boolean(response));
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (!DECLARING.test(new URL(request.url).pathname)) return;
  if (request.method === "POST" && request.headers.has("X-Account")) event.respondWith(post(request));
  else if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(AWAY)));
  }
});

// The network is back: an open page sends by itself what it shows; what was closed leaves from here.
const sendAll = async () => {
  const kept = await caches.open(TYPED);
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const key of await kept.keys()) {
    const path = new URL(key.url).pathname;
    const page = pages.find((one) => new URL(one.url).pathname === path);
    if (page) {
      page.postMessage("back");
      continue;
    }
    const { account, typed } = await (await kept.match(key)).json();
    const response = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(typed),
      headers: { "X-Account": account, "HX-Request": "true" },
    });
    if (arrived(response)) await kept.delete(key);
  }
};
addEventListener("sync", (event) => {
  if (event.tag === "declare") event.waitUntil(sendAll());
});
