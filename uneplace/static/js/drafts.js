// What was typed when a session ended comes back after signing in, in the same tab, for the same person.
// The draft stays in this tab's memory, is dropped at the next page when the session goes on, and never
// holds a password nor a file.

const DRAFT = "uneplace.draft";
const account = document.body.dataset.account ?? "";
const page = location.pathname + location.search;
const isEntering = document.querySelector("[data-keeps-draft]") !== null;

const typed = (form) =>
  [...form.elements].filter(
    (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type),
  );
const valuesOf = (form) =>
  typed(form).map((field) => [field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value]);
const forms = () => [...document.querySelectorAll("main form[method=post]")];

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFT));
  } catch {
    return null;
  }
};

const putBack = (draft) => {
  let changed = false;
  for (const [rank, values] of draft.forms) {
    const fields = typed(forms()[rank] ?? document.createElement("form"));
    if (fields.length !== values.length) continue;
    fields.forEach((field, at) => {
      const [name, value] = values[at];
      if (field.name !== name) return;
      const key = ["checkbox", "radio"].includes(field.type) ? "checked" : "value";
      if (field[key] === value) return;
      field[key] = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      changed = true;
    });
  }
  return changed;
};

const tell = () => {
  const note = document.createElement("div");
  note.className = "alert alert-green";
  note.textContent = "Ce que vous aviez tapé est revenu. Relisez, puis envoyez.";
  document.getElementById("messages")?.append(note);
};

const draft = read();
if (draft && document.querySelector("[data-session-ended]")) {
  sessionStorage.setItem(DRAFT, JSON.stringify({ ...draft, lost: true }));
} else if (draft && !isEntering) {
  if (draft.lost && draft.page === page && draft.account === account) {
    sessionStorage.removeItem(DRAFT);
    if (putBack(draft)) tell();
  } else if (!draft.lost || draft.account !== account) {
    sessionStorage.removeItem(DRAFT);
  }
}

const before = new Map(forms().map((form) => [form, JSON.stringify(valuesOf(form))]));
addEventListener("pagehide", () => {
  if (!account || isEntering) return;
  const changed = forms()
    .map((form, rank) => [rank, valuesOf(form), before.get(form)])
    .filter(([, values, first]) => JSON.stringify(values) !== first)
    .map(([rank, values]) => [rank, values]);
  if (changed.length) sessionStorage.setItem(DRAFT, JSON.stringify({ account, page, forms: changed }));
});
