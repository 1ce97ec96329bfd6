// What makes pages quicker under the thumb. Every page works without this file.

document.documentElement.classList.remove("no-js");

// Hours as French people type them: « 1 234,5 », « 151h40 » or « 151:40 ».
const toNumber = (text) => {
  const compact = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  const clock = compact.match(/^(\d+)[h:]([0-5]\d)$/i);
  return clock ? Number(clock[1]) + Number(clock[2]) / 60 : Number(compact.replace(/h(eures?)?$/i, ""));
};
const toText = (number) =>
  number.toLocaleString("fr-FR", { maximumFractionDigits: 2 }).replace(/\u202f/g, "\u00a0");

// Stepper: minus and plus move by one hour; typing stays free.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const stepper = button.closest("[data-stepper]");
  const input = stepper.querySelector("input");
  const hours = toNumber(input.value) || 0;
  const step = Number(button.dataset.step) * Number(stepper.dataset.stepper || 1);
  input.value = toText(Math.max(0, hours + step));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// Live total: [data-total="#form"] shows the sum of the [data-hours] inputs of that form,
// [data-filled="#form"] how many are filled.
const sum = (form) => {
  const inputs = [...form.querySelectorAll("[data-hours]")];
  const filled = inputs.filter((input) => input.value.trim() !== "");
  const total = filled.map((input) => toNumber(input.value)).filter(Number.isFinite).reduce((a, b) => a + b, 0);
  for (const output of document.querySelectorAll(`[data-total="#${form.id}"]`)) {
    output.textContent = `${toText(total)}\u00a0h`;
  }
  for (const output of document.querySelectorAll(`[data-filled="#${form.id}"]`)) {
    output.textContent = `${filled.length} sur ${inputs.length} ${filled.length < 2 ? "remplie" : "remplies"}`;
  }
};
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-hours]")) sum(event.target.form);
});

// A menu closes when one goes elsewhere, or with Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// File drop: the frame answers, the chosen names are said. The input itself does the work.
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    const input = drop.querySelector("input[type=file]");
    if (name === "drop" && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("[data-drop]")?.querySelector("[data-chosen]");
  if (chosen) chosen.textContent = [...event.target.files].map((file) => file.name).join(", ");
});

// A form is sent once: its button says so, and answers again if one comes back to the page.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = event.submitter;
  if (!button?.dataset.busy) return;
  if (button.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  button.dataset.rest = button.textContent;
  button.textContent = button.dataset.busy;
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-rest]")) {
    button.textContent = button.dataset.rest;
    delete button.dataset.rest;
    button.removeAttribute("aria-busy");
  }
});

// While htmx loads, the zone says that it is busy.
document.addEventListener("htmx:before:request", (event) => {
  event.detail?.ctx?.target?.setAttribute?.("aria-busy", "true");
});
for (const name of ["htmx:finally:request", "htmx:after:swap"]) {
  document.addEventListener(name, (event) => {
    event.detail?.ctx?.target?.removeAttribute?.("aria-busy");
  });
}

// After an error, one reads the summary first.
if (document.title.startsWith("Erreur")) document.querySelector("[data-error-summary]")?.focus();
for (const form of document.querySelectorAll("form[id]")) {
  if (form.querySelector("[data-hours]")) sum(form);
}
