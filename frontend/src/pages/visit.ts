// The form of an appointment (WEB-02): the customer is searched for, the best slots and the day grid choose user and time, and
// each choice is told at once whether it fits and how far it is.

import htmx from "htmx.org";
import { element, h } from "../dom";
import { Combobox } from "../visit/combobox";
import { Day } from "../visit/day";

const form = element<HTMLFormElement>("#visit");
const ASKS_BOTH = new Set(["kind", "location", "type", "sub_type", "mode", "minutes"]);
const ASKS_FIT = new Set(["user", "start", "fold", ...ASKS_BOTH]);

type Field = HTMLInputElement | HTMLSelectElement | null;

const field = (name: string): Field => form.elements.namedItem(name) as Field;
const value = (name: string): string => field(name)?.value ?? "";

function set(name: string, text: string): void {
  const into = field(name);
  if (into) into.value = text;
}

/** Whether another time than the one that was refused is asked about by now. */
let touched = false;

/** A user and a start, as a suggestion or the grid chose them; *fold* says which of two equal local times. */
function plan({ user, start, fold }: { user: string; start: string; fold?: string | undefined }): void {
  set("user", user);
  set("start", start);
  touched = true;
  form.dataset["dirty"] = "";
  if (fold) element("#which").replaceChildren(h("input", { type: "hidden", name: "fold", value: fold }));
  ask("#fit");
  draw();
}

/**
 * Each reason is told once: beside its field, where the server refused it there. What was refused of a time that has been
 * changed since, the new answer speaks of.
 */
function toldOnce(fit: HTMLElement): void {
  if (touched && fit.querySelector(".fits, .unfit"))
    for (const name of ["user", "start", "minutes"]) {
      document.getElementById(`${name}-problem`)?.remove();
      document.getElementById(name)?.removeAttribute("aria-invalid");
    }
  const told = [...form.querySelectorAll(".field > .problem")].map((each) => each.textContent).join(" ");
  for (const each of fit.querySelectorAll(".unfit li")) if (told.includes(each.textContent?.trim() ?? "")) each.remove();
  fit.querySelector(".unfit ul:not(:has(li))")?.remove();
  fit.querySelector(".unfit:not(:has(*))")?.remove();
}

function ask(part: string): void {
  if (document.querySelector(part)) htmx.trigger(part, "ask");
}

const day =
  document.querySelector("#grid-part") &&
  new Day(plan, (minutes) => {
    set("minutes", String(minutes));
    touched = true;
    form.dataset["dirty"] = "";
    ask("#fit");
    ask("#suggestions");
    draw();
  });

/** The grid, for what is chosen now. */
function draw(): void {
  const users = [...element<HTMLSelectElement>("#user").options].map((each) => each.value).filter(Boolean);
  const kind = value("kind");
  if (!day || !kind || !users.length) return;
  const zone = element("#who").dataset["zone"] ?? "";
  const about = { customer: value("customer"), kind, mode: value("mode"), zone, users, moving: value("moving") };
  const title = element("#whom .whom strong").textContent ?? "";
  void day.about(about, { user: value("user"), start: value("start"), minutes: Number(value("minutes")), title });
}

form.addEventListener("change", (event) => {
  const { name, classList } = event.target as HTMLInputElement;
  touched ||= ASKS_FIT.has(name);
  // What the form itself redraws asks when that is done.
  if (classList.contains("redraws")) return;
  if (ASKS_BOTH.has(name)) ask("#suggestions");
  if (name === "start") ask("#suggestions");
  if (ASKS_FIT.has(name)) {
    ask("#fit");
    draw();
  }
});
// What is typed while the form is being drawn again stands.
let sent = new FormData(form);
form.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target === form) sent = new FormData(form);
});
form.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { fragment } = (event as CustomEvent<{ fragment: DocumentFragment }>).detail;
  const typed = new FormData(form);
  for (const drawn of fragment.querySelectorAll<HTMLInputElement>("[name]")) {
    const now = typed.getAll(drawn.name).map(String);
    if (String(now) === String(sent.getAll(drawn.name))) continue;
    if (drawn.type === "radio" || drawn.type === "checkbox") drawn.checked = now.includes(drawn.value);
    else if (now[0] !== undefined) drawn.value = now[0];
  }
});
form.addEventListener("htmx:afterRequest", (event) => {
  if (event.target !== form) return;
  ask("#suggestions");
  ask("#fit");
  draw();
});
form.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event;
  if (target instanceof HTMLElement && target.id === "fit") toldOnce(target);
});
form.addEventListener("click", (event) => {
  const taken = (event.target as Element).closest<HTMLButtonElement>("button[name=take]");
  if (!taken) return;
  event.preventDefault();
  const [user = "", start = "", fold] = taken.value.split(" ");
  plan({ user, start, fold });
});

for (const opener of document.querySelectorAll<HTMLElement>("[data-opens]"))
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    element<HTMLDialogElement>(`#${opener.dataset["opens"]}`).showModal();
  });
for (const dialog of document.querySelectorAll<HTMLDialogElement>("main dialog")) {
  element("[data-closes]", dialog).addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  if (!dialog.open) continue;
  dialog.close();
  dialog.showModal();
}

const search = document.querySelector<HTMLInputElement>("#search");
if (search)
  new Combobox(search, element("#search-status"), (customer) => {
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: "customer", value: customer });
    form.append(chosen);
    form.requestSubmit();
  });
else draw();
const wrong = document.querySelector<HTMLElement>("dialog[open] [aria-invalid=true], #visit [aria-invalid=true]");
if (wrong) wrong.focus();
else if (!search && !value("type")) field("type")?.focus();
