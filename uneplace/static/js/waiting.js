// Hours typed without a network that this page cannot send: those of another link, of another statement of the
// account, or of a month that is no longer to fill. They are told until they have left, or are erased by a choice.

const TYPED = "uneplace-typed";
const account = document.body.dataset.account ?? "";
const isLink = (one) => one.startsWith("lien-");
const place = document.querySelector("[data-waiting]");
const leaving = document.querySelector("form[data-leaves]");

const monthName = (month) =>
  new Date(`${month}-01T12:00`).toLocaleDateString("fr-FR", { month: "long", year: "numeric" });

// An account reads of its own hours alone; by a link, the months of the other links of this device are told.
const isTold = (record) => record.account === account || (isLink(account) && isLink(record.account));

const records = async () => {
  const kept = await caches.open(TYPED);
  const all = await Promise.all(
    (await kept.keys()).map(async (key) => ({
      ...(await (await kept.match(key)).json()),
      path: new URL(key.url).pathname,
      forget: () => kept.delete(key),
    })),
  );
  return all.filter(isTold);
};

const noteOf = (kind) =>
  document.querySelector(`[data-waiting-note="${kind}"]`).content.cloneNode(true).querySelector(".alert");

const tell = (record) => {
  const isOwn = record.account === account && record.path === location.pathname;
  if (isOwn && document.getElementById("releve")) return; // offline.js puts it back, and sends it
  const note = noteOf(isOwn ? "late" : "waits");
  note.querySelector("[data-month]").textContent = monthName(record.month);
  const page = note.querySelector("a[data-page]");
  if (page) page.href = record.path;
  const button = note.querySelector("[data-forget]");
  button.addEventListener("click", async () => {
    if (!("sure" in button.dataset)) {
      button.dataset.sure = "";
      button.textContent = "Les effacer pour de bon";
      return;
    }
    await record.forget();
    note.remove();
  });
  place.append(note);
};

// « J’ai terminé » empties the device: what waits there is told first.
const leave = async (event) => {
  event.preventDefault();
  if ("sure" in leaving.dataset || !(await records()).length) {
    leaving.submit();
    return;
  }
  leaving.dataset.sure = "";
  const note = noteOf("leaving");
  place.append(note);
  note.querySelector("p").focus();
};

const start = async () => {
  if (!window.caches) return;
  leaving?.addEventListener("submit", leave);
  for (const record of await records()) tell(record);
};
start();
