// The files of a preselection, from one to the other without a mouse. Every act has its button: the page works
// without this file. Keys answer only while a file has the focus.

const VERDICTS = { r: "SHORTLISTED", v: "ON_HOLD", e: "DECLINED" };
const board = () => document.querySelector("[data-board]");
const files = (within = board()) => [...within.querySelectorAll("[data-file]")];
let decided = "";

const goTo = (file) => {
  if (!file) return;
  for (const other of files()) other.tabIndex = -1;
  file.tabIndex = 0;
  file.focus();
};

// The file at the same height in the next column that has one; a list has no other column.
const beside = (file, step) => {
  const columns = [...board().querySelectorAll(".board-column")];
  const own = file.closest(".board-column");
  const rank = own ? files(own).indexOf(file) : -1;
  for (let at = columns.indexOf(own) + step; own && columns[at]; at += step) {
    const there = files(columns[at]);
    if (there.length) return there[Math.min(rank, there.length - 1)];
  }
  return null;
};

const decide = (file, verdict) => {
  const choice = file.querySelector(`[name=verdict][value=${verdict}]`);
  if (!choice) return;
  const folded = choice.closest("details");
  if (folded) folded.open = true;
  choice.checked = true;
  file.querySelector(verdict === "DECLINED" ? "[name=decline_reason]" : "[name=reason]").focus();
};

const moves = {
  ArrowDown: (file) => goTo(files()[files().indexOf(file) + 1]),
  ArrowUp: (file) => goTo(files()[files().indexOf(file) - 1]),
  ArrowRight: (file) => goTo(beside(file, 1)),
  ArrowLeft: (file) => goTo(beside(file, -1)),
  c: (file) => file.querySelector("[name=dossiers], [name=personnes]")?.click(),
  o: (file) => file.querySelector("h3 a, h4 a").click(),
};

document.addEventListener("keydown", (event) => {
  const file = event.target.closest?.("[data-board] [data-file]");
  if (!file || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return goTo(file);
  if (event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    return event.target.form.requestSubmit();
  }
  if (event.target !== file) return;
  const verdict = VERDICTS[event.key.toLowerCase()];
  const move = moves[event.key] || moves[event.key.toLowerCase()];
  if (!verdict && !move) return;
  event.preventDefault();
  if (verdict) decide(file, verdict);
  else move(file);
});

// Once a decision is taken its file is drawn again, perhaps elsewhere: the focus follows it.
document.addEventListener("submit", (event) => {
  decided = event.target.closest("[data-board] [data-file]")?.id || "";
});
document.addEventListener("htmx:after:swap", () => {
  if (!decided) return;
  goTo(document.getElementById(decided));
  decided = "";
});

if (board()) {
  const first = files()[0];
  if (first) first.tabIndex = 0;
}
