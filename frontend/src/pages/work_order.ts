// A work order's page: many of its visits are scheduled at once, in a dialog (BLK-01 to BLK-06, BLK-10).
//
// What would be made is counted by the server, from the plan that carries it out; nothing is decided here.

import { ask, asRefusal, Refusal, tell, type Schemas, type Violation } from "../api";
import { element, h } from "../dom";

type Preview = Schemas["BulkPreview"];
type Result = Schemas["BulkView"];
type Occurrence = Schemas["BulkDate"];
type Mode = Schemas["TechniciansView"]["mode"]["asked"];
type AppointmentType = Schemas["AppointmentTypesView"]["items"][number];

const SHOWN = 40;
const PAUSE_MILLISECONDS = 250;

const dialog = element<HTMLDialogElement>("#bulk");
const form = element<HTMLFormElement>("#bulk-form");
const [workOrder, customer, zone] = [dialog.dataset.workOrder ?? "", dialog.dataset.customer ?? "", dialog.dataset.zone];
const path = `work_orders/${workOrder}/bulk_schedule`;
const [offered, count, conflicts] = [element("#bulk-offered"), element("#bulk-count"), element("#bulk-conflicts")];
const [people, submit] = [element("[data-people]"), element<HTMLButtonElement>("#bulk-submit")];
const field = <T extends HTMLSelectElement | HTMLInputElement>(name: string): T => element<T>(`#bulk-${name}`);
const modes = [...field<HTMLSelectElement>("mode").options];

let types: AppointmentType[] = [];
let counted: { of: string; preview: Preview } | undefined;
let [asking, offering, waiting] = [0, 0, 0];
let [filled, done] = [false, false];

// --- what is wished --------------------------------------------------------------------------------------

const ticked = (name: string): string[] =>
  [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map((each) => each.value);

function wish() {
  const of = (name: string): string => String(new FormData(form).get(name) ?? "");
  return {
    type: of("type"),
    sub_type: of("sub_type") || null,
    first: of("first"),
    last: of("last"),
    weekdays: ticked("weekdays").map(Number),
    time: of("time"),
    minutes: of("minutes") ? Number(of("minutes")) : null,
    mode: (of("mode") || null) as Mode | null,
    technicians: ticked("technicians"),
    notes: of("notes"),
    skip_unavailable: ticked("skip_unavailable").length > 0,
  } satisfies Schemas["BulkScheduleBody"];
}

const some = (many: number, what: string): string => `${many} ${what}${many === 1 ? "" : "s"}`;

const day = (told: string): string =>
  new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${told.slice(0, 10)}T00:00Z`))
    .replace(",", "");

/** A local date so many days from today at the work order's location, as a field of dates has it. */
function inDays(days: number): string {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date());
  return new Date(Date.parse(`${today}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

// --- who can be chosen -----------------------------------------------------------------------------------

/** Offers the technicians of a list mode. Whoever was chosen under another one is chosen no more (BLK-06). */
async function offer(mode?: Mode): Promise<void> {
  const [mine, cleared] = [++offering, ticked("technicians").length];
  people.replaceChildren();
  changed();
  const left = cleared ? `The list changed, so nobody is chosen any more; ${some(cleared, "technician")} had been. ` : "";
  offered.textContent = `${left}Looking who can come…`;
  try {
    const told = await ask<Schemas["TechniciansView"]>("technicians", { customer, mode });
    if (mine === offering) showOffer(told, left);
  } catch (error) {
    if (mine === offering) offered.textContent = left + sentences(error).join(" ");
  }
}

function showOffer(told: Schemas["TechniciansView"], left: string): void {
  const mode = field<HTMLSelectElement>("mode");
  mode.replaceChildren(...told.mode.offered.flatMap((each) => modes.find(({ value }) => value === each) ?? []));
  mode.value = told.mode.asked;
  const valid = told.items.filter((each) => each.valid);
  people.replaceChildren(
    ...valid.map(({ user, distance }) =>
      h(
        "label",
        { class: "choice" },
        h("input", { type: "checkbox", name: "technicians", value: user.id }),
        h("span", {}, user.name),
        h("span", { class: "hint" }, distance?.text ?? "distance not known"),
      ),
    ),
  );
  const fallen = told.mode.fell_back ? " The customer's place is not known: those of the location are offered." : "";
  offered.textContent = `${left}${told.message ?? `${some(valid.length, "technician")} can be chosen.`}${fallen}`;
}

// --- what stands against it ------------------------------------------------------------------------------

const sentences = (error: unknown): readonly string[] => asRefusal(error).sentences;

/** Each sentence beside its field; those of no field of the form below the count. */
function showProblems(violations: readonly { field?: string | null; sentence: string }[]): void {
  for (const place of dialog.querySelectorAll<HTMLElement>("[data-problem]")) {
    const name = place.dataset.problem ?? "";
    const own = (told: string): boolean => dialog.querySelector(`[data-problem="${told}"]`) !== null;
    const here = violations.filter((each) => (each.field && own(each.field) ? each.field : "") === name);
    place.textContent = [...new Set(here.map((each) => each.sentence))].join(" ");
    place.hidden = !here.length;
    const control = name ? document.getElementById(`bulk-${name}`) : null;
    control?.toggleAttribute("data-refused", here.length > 0);
    if (control && !(control instanceof HTMLFieldSetElement)) {
      control.setAttribute("aria-invalid", String(here.length > 0));
      control.setAttribute("aria-describedby", place.id);
    }
  }
}

// --- the count -------------------------------------------------------------------------------------------

/** Counts anew, a moment after the last change. */
function changed(): void {
  window.clearTimeout(waiting);
  asking += 1;
  counted = undefined;
  count.ariaBusy = "true";
  offerToSchedule();
  waiting = window.setTimeout(() => void recount(), PAUSE_MILLISECONDS);
}

/** What the form would make, as the server plans it; undefined where it cannot be told. */
async function recount(asked = false): Promise<Preview | undefined> {
  window.clearTimeout(waiting);
  const [mine, body] = [++asking, wish()];
  if (!asked && !(form.checkValidity() && body.technicians.length && body.weekdays.length)) return void incomplete();
  try {
    const preview = await tell<Preview>(`${path}/preview`, body);
    if (mine !== asking) return undefined;
    counted = { of: JSON.stringify(body), preview };
    show(preview);
    return preview;
  } catch (error) {
    if (mine === asking) refused(error);
    return undefined;
  }
}

function incomplete(): void {
  showProblems([]);
  conflicts.replaceChildren();
  say(h("p", { class: "hint" }, "Choose a type, days and technicians: what would be made is counted here."));
}

function say(...told: HTMLElement[]): void {
  count.ariaBusy = null;
  count.replaceChildren(...told);
}

function refused(error: unknown): void {
  const told = sentences(error).map((sentence) => ({ sentence }));
  say();
  conflicts.replaceChildren();
  showProblems(error instanceof Refusal && error.violations.length ? error.violations : told);
}

/** What the button would make. Where that is nothing it says why, and, pressed, leads to the first reason. */
function offerToSchedule(preview?: Preview): void {
  const against = preview !== undefined && preview.violations.length > 0;
  submit.textContent = preview && !against ? `Schedule ${some(preview.total, "visit")}` : "Schedule";
  submit.ariaDisabled = against ? "true" : null;
  const reasons = [...dialog.querySelectorAll("[data-problem]:not([hidden])")].map((each) => each.id).filter(Boolean);
  if (against) submit.setAttribute("aria-describedby", ["bulk-why", ...reasons].join(" "));
  else submit.removeAttribute("aria-describedby");
}

type Conflict = { name: string; on: Occurrence };

const conflictsOf = ({ user, dates }: Preview["technicians"][number]): Conflict[] =>
  dates.filter((on) => on.why_not.length).map((on) => ({ name: user.name, on }));

function show(preview: Preview): void {
  const against = preview.technicians.flatMap(conflictsOf);
  const left = wish().skip_unavailable;
  const fit = preview.total - (left ? 0 : against.length);
  const many = [fit > 0 ? some(fit, "visit") : "No visit", against.length > 0 && (left ? `${against.length} left out` : some(against.length, "conflict"))];
  say(
    h("p", { class: "bulk-number" }, many.filter(Boolean).join(", ")),
    h("p", { class: "hint", id: "bulk-why" }, summaryOf(preview, !left && against.length > 0)),
    ...preview.warnings.map((each) => h("p", { class: "notice warn" }, each)),
  );
  // Those of a date are listed with it.
  showProblems(preview.violations.filter((each) => !("date" in factsOf(each))));
  conflicts.replaceChildren(...(against.length ? listed(against, left) : []));
  offerToSchedule(preview);
}

function summaryOf(preview: Preview, conflicting: boolean): string {
  if (conflicting) return "While there is a conflict, nothing is scheduled: leave those dates out, or choose others.";
  return preview.violations.length ? "What stands against it is said above." : `${preview.summary} Each takes ${length(preview.minutes)}.`;
}

const factsOf = (violation: Violation): object => (violation.facts ?? {}) as object;

const length = (minutes: number): string =>
  [minutes >= 60 && `${Math.floor(minutes / 60)} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(" ") || "no time";

function listed(against: Conflict[], left: boolean): HTMLElement[] {
  const lines = against
    .slice(0, SHOWN)
    .map(({ name, on }) => h("li", {}, h("strong", {}, `${day(on.date)}, ${name}: `), on.why_not.map((each) => each.sentence).join(" ")));
  const more = against.length - SHOWN;
  return [
    h("h3", {}, left ? "Left out" : "Conflicts"),
    h("ul", {}, ...lines),
    more > 0 ? h("p", { class: "hint" }, `And ${more} more.`) : "",
  ].filter((each) => each instanceof HTMLElement);
}

// --- carrying it out -------------------------------------------------------------------------------------

async function schedule(): Promise<void> {
  if (!form.reportValidity()) return;
  const body = wish();
  const known = counted?.of === JSON.stringify(body) ? counted.preview : undefined;
  const preview = known ?? (await recount(true));
  if (!preview || preview.violations.length) return toFirstProblem();
  // What was not counted before the button was pressed is looked at first.
  if (!known) return submit.focus();
  submit.disabled = true;
  try {
    showResult(await tell<Result>(path, body), preview);
  } catch (error) {
    await again(error);
  } finally {
    submit.disabled = false;
  }
}

/** It was refused although the count had nothing against it: somebody else came in between. */
async function again(error: unknown): Promise<void> {
  const told = sentences(error);
  if (!(error instanceof Refusal && (error.stale || error.status === 422))) return refused(error);
  if (!(await recount(true))) return;
  count.prepend(
    h("p", { class: "notice warn" }, `${told[0] ?? ""} Something changed after it was counted. Nothing was scheduled; this is the new count.`),
  );
  toFirstProblem();
}

function toFirstProblem(): void {
  const first = [...dialog.querySelectorAll<HTMLElement>("[data-problem]")].find((each) => !each.hidden && each.dataset.problem);
  const control = first && document.getElementById(`bulk-${first.dataset.problem ?? ""}`);
  const target = control instanceof HTMLFieldSetElement ? control.querySelector("input") : control;
  (target ?? conflicts).focus();
}

function showResult(result: Result, preview: Preview): void {
  const fewer = preview.total - result.total;
  const place = element("#bulk-result");
  const got = new Set(result.series.map((each) => each.user.id));
  // Who got none has no series: of them the count knows why.
  const left = [
    ...result.series.flatMap(({ user, skipped }) => skipped.map((on): Conflict => ({ name: user.name, on }))),
    ...preview.technicians.filter((each) => !got.has(each.user.id)).flatMap(conflictsOf),
  ];
  const lines = result.series.map(({ user, appointments }) =>
    h("li", {}, h("strong", {}, user.name), `: ${some(appointments.length, "visit")}, ${day(appointments[0]?.start ?? "")} to ${day(appointments.at(-1)?.start ?? "")}`),
  );
  place.replaceChildren(
    h("p", { class: "notice", role: "status" }, result.summary),
    fewer > 0 ? h("p", { class: "notice warn" }, `${some(fewer, "visit")} fewer than counted: somebody else booked that time meanwhile.`) : "",
    h("ul", {}, ...lines),
    ...(left.length ? listed(left, true) : []),
    h("footer", {}, h("button", { type: "button", onclick: () => dialog.close() }, "Done")),
  );
  done = true;
  form.hidden = true;
  place.hidden = false;
  place.focus();
}

// --- the dialog ------------------------------------------------------------------------------------------

async function fill(): Promise<void> {
  filled = true;
  field<HTMLInputElement>("first").value = inDays(1);
  field<HTMLInputElement>("last").value = inDays(7);
  void offer();
  try {
    types = [...(await ask<Schemas["AppointmentTypesView"]>("catalogs/appointment_types", { kind: "tech", active: true })).items];
  } catch (error) {
    refused(error);
    return;
  }
  field("type").append(...types.map((each) => h("option", { value: each.id }, each.name)));
}

function offerSubTypes(): void {
  const found = types.find((each) => each.id === field("type").value)?.sub_types.filter((each) => each.active) ?? [];
  field("sub_type").replaceChildren(h("option", { value: "" }, "None"), ...found.map((each) => h("option", { value: each.id }, each.name)));
  element("[data-sub-types]").hidden = !found.length;
}

const opener = element("#bulk-open");
opener.hidden = false;
opener.addEventListener("click", () => {
  dialog.showModal();
  if (!filled) void fill();
});
for (const each of dialog.querySelectorAll("[data-close]")) each.addEventListener("click", () => dialog.close());
// The visits that were made stand on the page below.
dialog.addEventListener("close", () => done && location.reload());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void schedule();
});
form.addEventListener("input", changed);
field("type").addEventListener("change", offerSubTypes);
field("mode").addEventListener("change", () => void offer(field<HTMLSelectElement>("mode").value as Mode));
