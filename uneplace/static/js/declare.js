// The month of a statement under the thumb: last month in one tap, what each card says of its hours, and what
// was typed kept as it comes. Every act has its button: the page works without this file.

const form = () => document.getElementById("releve");
const cards = () => [...document.querySelectorAll("#lignes .person")];
const fieldsOf = (card) => ({
  hours: card.querySelector("[data-hours]"),
  training: card.querySelector("[data-training]"),
  absent: card.querySelector("[data-absent]"),
});

// Hours as French people type them, as in app.js; NaN for anything else.
const toNumber = (text) => {
  const compact = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  const clock = compact.match(/^(\d+)[h:]([0-5]\d)$/i);
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60;
  return compact ? Number(compact.replace(/h(eures?)?$/i, "")) : Number.NaN;
};

const stateOf = ({ hours, absent }) => {
  if (absent.checked) return "none";
  const typed = toNumber(hours.value);
  if (Number.isNaN(typed)) return "todo";
  if (typed === 0) return "none";
  return typed === toNumber(hours.dataset.last) ? "same" : "filled";
};

const show = (card) => {
  const state = stateOf(fieldsOf(card));
  for (const status of card.querySelectorAll("[data-when]")) status.hidden = status.dataset.when !== state;
  card.classList.remove("error");
  card.classList.toggle("todo", state === "todo");
  card.classList.toggle("ok", state !== "todo");
};

const showTraining = () => {
  const typed = cards().map((card) => toNumber(fieldsOf(card).training.value)).filter(Number.isFinite);
  const total = typed.reduce((a, b) => a + b, 0);
  const words = total.toLocaleString("fr-FR", { maximumFractionDigits: 2 }).replace(/\u202f/g, "\u00a0");
  for (const output of document.querySelectorAll("[data-training-total]")) {
    output.textContent = total ? `dont ${words}\u00a0h de formation` : "";
  }
};

// What a tick written over can be given back, even by the cards that an answer redrew.
const writtenOver = new Map();
const writeOver = (field, value) => {
  if (field.value !== value) writtenOver.set(field.id, field.value);
  field.value = value;
};
const giveBack = (field, otherwise) => {
  field.value = writtenOver.get(field.id) ?? otherwise;
  writtenOver.delete(field.id);
};

// « Aucune heure » and the number say the same thing; a slip of the thumb takes nothing away.
document.addEventListener("input", (event) => {
  const card = event.target.closest?.("#lignes .person");
  if (!card) return;
  const { hours, training, absent } = fieldsOf(card);
  if (event.target === absent) {
    if (absent.checked) {
      writeOver(hours, "0");
      writeOver(training, "");
    } else {
      giveBack(hours, "");
      giveBack(training, training.value);
    }
    hours.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (event.target === hours) {
    absent.checked = toNumber(hours.value) === 0;
    if (!absent.checked) {
      writtenOver.delete(hours.id);
      giveBack(training, training.value);
    }
  }
  show(card);
  showTraining();
});

// One tap fills the rows; nothing is sent, and one tap takes it back.
let before = [];
const fill = (how) => {
  before = [];
  for (const card of cards()) {
    const { hours, training, absent } = fieldsOf(card);
    if (how === "proposal" && (hours.value.trim() || hours.dataset.proposal === undefined)) continue;
    before.push([card, hours.value, training.value]);
    if (how === "zero") {
      writeOver(hours, "0");
      writeOver(training, "");
    } else [hours.value, training.value] = [hours.dataset.proposal, training.dataset.proposal];
    absent.checked = toNumber(hours.value) === 0;
    hours.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
const undo = () => {
  for (const [card, hoursBefore, trainingBefore] of before) {
    const { hours, training, absent } = fieldsOf(card);
    [hours.value, training.value] = [hoursBefore, trainingBefore];
    absent.checked = toNumber(hoursBefore) === 0;
    hours.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const note = document.querySelector("[data-filled-in]");
  if (button) {
    event.preventDefault();
    fill(button.dataset.fill);
    const words = document.querySelector(`[data-note="${button.dataset.fill}"]`);
    note.replaceChildren(words.content.cloneNode(true));
  } else if (event.target.closest("[data-undo]")) {
    undo();
    note.replaceChildren();
  } else return;
  const fills = document.querySelector("[data-fills]");
  fills.hidden = Boolean(button);
  (button ? note.querySelector("button") : fills.querySelector("button")).focus();
});

// What is sent waits for what is being kept, and then stands on the version that was kept.
document.addEventListener("htmx:before:request", (event) => {
  const { request } = event.detail.ctx;
  if (!request.body?.has?.("version")) return;
  request.body.set("version", form().elements.version.value);
});

// After an error, one reads first what is to be put right.
document.addEventListener("htmx:after:swap", () => {
  for (const card of cards()) if (!card.classList.contains("error")) show(card);
});
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.sourceElement === form()) {
    addEventListener("htmx:after:swap", () => document.querySelector("[data-error-summary]")?.focus(), { once: true });
  }
});

// What is typed while the page still loads is heard by nobody else yet: it is kept once htmx listens.
let early = false;
document.addEventListener("input", (event) => {
  if (document.readyState !== "complete" && event.target.closest?.("#lignes")) early = true;
});
addEventListener("load", () => {
  setTimeout(() => early && document.getElementById("lignes").dispatchEvent(new Event("keep")));
});

showTraining();
