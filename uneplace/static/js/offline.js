// The page's side of worker.js: tells that one is offline, sends again when one is not, and puts back what was
// typed and had not left. What was typed belongs to one account or link: another finds nothing of it, and it
// waits for its own (waiting.js tells of it).

const TYPED = "uneplace-typed";
const AGAIN = 20_000;
const account = document.body.dataset.account ?? "";
const form = () => document.getElementById("releve");
const rows = () => document.getElementById("lignes");
let waiting = null;
let timer = 0;

const send = () => {
  if (waiting === "send") form().requestSubmit(document.querySelector("button[form=releve][name=send]"));
  else if (waiting) rows().dispatchEvent(new Event("keep"));
};
const away = (what) => {
  waiting = waiting === "send" ? "send" : what;
  timer ||= setInterval(send, AGAIN);
};
const back = () => {
  waiting = null;
  clearInterval(timer);
  timer = 0;
};
const isSending = (ctx) => Boolean(ctx.request?.body?.has?.("send"));
const isDeclaring = (ctx) => Boolean(ctx.sourceElement?.closest?.("#releve"));

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!isDeclaring(ctx)) return;
  ctx.request.headers["X-Account"] = account;
  ctx.request.headers["X-Month"] = document.getElementById("declaration").dataset.month; // for the worker alone
});
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!isDeclaring(ctx)) return;
  if (ctx.response.headers.get("X-Kept") === "here") away(isSending(ctx) ? "send" : "keep");
  else back();
  if (ctx.response.status === 403) location.reload(); // the session is over: the page that comes says so
  if ([404, 409, 410].includes(ctx.response.status)) {
    const state = document.getElementById("etat");
    state.className = "is-late";
    state.textContent = "Pas gardé\u00a0: ce relevé n’est plus à remplir. Rechargez la page.";
  }
});
// No worker in between: the page itself holds what was typed.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx || !isDeclaring(ctx) || ctx.response) return;
  away(isSending(ctx) ? "send" : "keep");
  const state = document.getElementById("etat");
  state.className = "is-late";
  state.textContent = "Hors connexion\u00a0: gardez cette page ouverte";
});
addEventListener("online", send);

const putBack = (typed) => {
  for (const field of form().elements) {
    if (!field.name || field.type === "submit" || field.name === "csrfmiddlewaretoken") continue;
    if (field.type === "checkbox") field.checked = typed.has(field.name);
    else field.value = typed.get(field.name) ?? "";
  }
  for (const hours of form().querySelectorAll("[data-hours]")) {
    hours.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
const tell = () => {
  const note = document.createElement("div");
  note.className = "alert alert-green";
  note.textContent = "Ce que vous aviez tapé hors connexion est revenu.";
  document.querySelector("[data-filled-in]")?.replaceChildren(note);
};

const start = async () => {
  if (!window.caches || !navigator.serviceWorker) return;
  const kept = await caches.open(TYPED);
  for (const key of await kept.keys()) {
    const record = await (await kept.match(key)).json();
    if (record.account !== account || new URL(key.url).pathname !== location.pathname || !form()) continue;
    const typed = new URLSearchParams(record.typed);
    putBack(typed);
    tell();
    waiting = typed.has("send") ? "send" : "keep";
    send();
  }
  navigator.serviceWorker.addEventListener("message", ({ data }) => data === "back" && send());
  const { worker, scope } = document.getElementById("declaration").dataset;
  await navigator.serviceWorker.register(worker, { scope });
};
start();
