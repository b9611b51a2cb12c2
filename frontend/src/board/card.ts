// A visit's card: what it is, where it leads, and every change that dragging makes, without dragging.

import type { Schemas } from "../api";
import { ask, company, offered } from "../api";
import { dialog, field } from "../dialogs";
import { h } from "../dom";
import type { DayGrid, Visit } from "../grid/day_grid";
import { marks, statusText } from "../grid/looks";
import { clock, dateText, instants, minutesBetween, onGrid, periodText, shown, skipped, timeOf, twice } from "../grid/times";
import { say } from "../toasts";
import type { Changes } from "./changes";

type Appointment = Schemas["AppointmentView"];
type Customer = Schemas["CustomerView"];
type Grid = Schemas["GridView"];

/** Opens it. *focus* brings the focus to a visit, where it is not the grid that shows it. */
export async function openCard(grid: DayGrid, visit: Visit, changes: Changes, focus: (id: string) => unknown = (id) => grid.focus(id)): Promise<void> {
  const { card, block, row } = visit;
  const view = grid.grid;
  if (!view) return;
  const about = h("div", { "aria-live": "polite" }, h("p", { class: "hint" }, "Loading…"));
  const link = (path: string, text: string): HTMLElement => h("a", { href: `/app/${company}/${path}` }, text);
  const box = dialog(
    card.customer.name,
    [
      h("p", { class: "row" }, h("span", { class: `badge ${card.status}` }, statusText(card.status)), ...marks(view, block).map((each) => h("span", { class: "badge bad" }, each))),
      h("p", {}, `${card.type}, ${row.user.name}`, h("br"), periodText(block.start, block.end)),
      about,
      h("p", { class: "row" }, link(`customers/${card.customer.id}`, `Customer ${card.customer.number ?? ""}`.trim()), card.work_order && offered("work_orders") && link(`work_orders/${card.work_order}`, "Work order"), offered("users") ? link(`users/${row.user.id}`, row.user.name) : row.user.name),
    ],
    [],
  );
  const act = (label: string, run: () => unknown, look = "quiet"): HTMLElement =>
    h("button", { type: "button", class: look, onclick: () => (box.close(), run()) }, label);
  const footer = h("footer", {}, h("a", { class: "button quiet", href: `/app/${company}/appointments/${card.id}` }, "Open"));
  if (card.status === "cancelled" || card.status === "no_show") footer.append(act("Plan it again", () => changes.reinstate(visit)));
  if (card.status === "scheduled") footer.append(act("Cancel the visit…", () => cancelForm(grid, visit, changes), "bad"), act("Move…", () => moveForm(grid, visit, changes, focus), ""));
  else if (card.status === "on_site" || card.status === "en_route") footer.append(act("Change duration…", () => moveForm(grid, visit, changes, focus), ""));
  box.box.append(footer);
  footer.querySelector<HTMLElement>("a, button")?.focus();
  const whole = await ask<Appointment>(`appointments/${card.id}`).catch(() => undefined);
  about.replaceChildren(...(whole ? facts(whole, view) : []));
  const [record, fit] = await Promise.all([ask<Customer>(`customers/${card.customer.id}`).catch(() => undefined), whole?.pending_reassignment && reasons(whole)]);
  if (whole) about.replaceChildren(...facts(whole, view, record, fit || []));
  await box.closed;
  if (document.activeElement === document.body) focus(card.id);
}

/** What stands against a visit at its present time, by its present user. */
async function reasons({ id, user, start, minutes, type, sub_type, customer }: Appointment): Promise<string[]> {
  const query = { moving: id, user: user.id, start, minutes, type: type.id, sub_type: sub_type?.id ?? null, customer: customer.id };
  const fit = await ask<Schemas["FitView"]>("explain", query).catch(() => undefined);
  return fit?.reasons.map((each) => each.sentence) ?? [];
}

/** What is told of a visit; of its customer what the reader may see. */
function facts(view: Appointment, grid: Grid, customer?: Customer, reasons: readonly string[] = []): Node[] {
  const last = view.moments.at(-1);
  const address = customer?.address;
  const told: [string, Node | string | null | undefined][] = [
    ["Address", address && [address.line1, address.line2, address.city, address.state, address.postal_code].filter(Boolean).join(", ")],
    ["Telephone", customer?.phone && h("a", { href: `tel:${customer.phone}` }, customer.phone)],
    ["Office", view.location.name],
    ["Duration", `${view.minutes} minutes`],
    ["Status", last && `${statusText(last.status)} since ${momentText(onGrid(grid, last.at))}${last.override ? ", set by the office" : ""}`],
    ["Notes", view.notes],
    ["Notes on site", view.on_site_notes],
    ["Note to the customer", view.public_note],
    ["Why it was cancelled", view.cancellation_reason],
    ["Why it does not fit", (view.unfit?.length ? view.unfit.map((each) => each.sentence) : reasons).join(" ")],
  ];
  const shownOnes = told.filter((each): each is [string, Node | string] => Boolean(each[1]));
  return [h("dl", {}, ...shownOnes.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]))];
}

const momentText = (at: string): string => `${dateText(at)}, ${timeOf(at)}`;

/** Sends a form once, however often it is pressed; the focus stays on its button. */
function once(button: HTMLButtonElement, send: () => Promise<unknown>): (event: Event) => Promise<void> {
  return async (event) => {
    event.preventDefault();
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true";
    await send().finally(() => (button.ariaDisabled = null));
  };
}

/** Another user, start or duration: what dragging does. */
function moveForm(grid: DayGrid, visit: Visit, changes: Changes, focus: (id: string) => unknown): void {
  const view = grid.grid;
  if (!view) return;
  const { block, card, row } = visit;
  const before = minutesBetween(block.start, block.end);
  const user = h("select", { name: "user" }, ...view.rows.map((each) => h("option", { value: each.user.id, selected: each.user.id === row.user.id }, each.user.name)));
  const start = h("input", { type: "datetime-local", name: "start", value: shown(block.start).slice(0, 16), min: "1900-01-01T00:00", max: "9999-12-31T23:59", step: 60, required: true });
  const minutes = h("input", { type: "number", name: "minutes", value: before, min: 5, step: 5, required: true });
  const onlyLength = card.status !== "scheduled";
  user.disabled = start.disabled = onlyLength;
  const which = new Which(view, start, block.start);
  const submit = h("button", { type: "submit" }, "Move");
  const done = (): void => {
    box.close();
    focus(card.id);
  };
  const form = h(
    "form",
    {
      onsubmit: once(submit, async () => {
        const at = which.instant;
        if (!at) return void say(skipped(view, clock(`${start.value}:00`)), [], true);
        const to = { user: user.value, start: at };
        const stays = to.user === row.user.id && Date.parse(at) === Date.parse(block.start);
        const wish = minutes.valueAsNumber;
        // What is refused stays as it was typed, with the reason beside it.
        if (!stays) await (wish === before ? changes.move(visit, to, done) : changes.instead(visit, { ...to, minutes: wish }, done));
        else if (wish === before) done();
        else await changes.resize(visit, wish, done);
      }),
    },
    field("User", user),
    field(`Start (${view.zone.split("/").at(-1)?.replace("_", " ")} time)`, start),
    which.place,
    field("Minutes", minutes),
    h("footer", {}, submit),
  );
  const box = dialog(`Move ${card.customer.name}, ${timeOf(block.start)}`, [form]);
}

/** Which of two equal times a field tells, in the night in which clocks go back: asked below it, as the form of a visit does. */
class Which {
  readonly place = h("div");

  constructor(
    private readonly grid: Grid,
    private readonly field: HTMLInputElement,
    before: string,
  ) {
    field.addEventListener("input", () => this.#ask(this.#chosen));
    this.#ask(this.#told.findIndex((each) => Date.parse(each) === Date.parse(before)));
  }

  /** None: the clocks skip what the field tells. */
  get instant(): string | undefined {
    return this.#told[this.#chosen];
  }

  get #told(): string[] {
    return this.field.value ? instants(this.grid, clock(`${this.field.value}:00`)) : [];
  }

  get #chosen(): number {
    return this.#told.length > 1 ? Number(this.place.querySelector<HTMLInputElement>("input:checked")?.value ?? 0) : 0;
  }

  #ask(chosen: number): void {
    const choice = (text: string, fold: number): HTMLElement =>
      h("label", { class: "choice" }, h("input", { type: "radio", name: "fold", value: fold, checked: fold === chosen, disabled: this.field.disabled }), text);
    const both = twice(this.grid, this.#told);
    this.place.replaceChildren(both.length > 1 ? h("fieldset", {}, h("legend", {}, "The clocks show this time twice"), ...both.map(choice)) : "");
  }
}

function cancelForm(grid: DayGrid, visit: Visit, changes: Changes): void {
  const choice = (value: string, text: string): HTMLElement => h("label", { class: "choice" }, h("input", { type: "radio", name: "by", value, required: true }), ` ${text}`);
  const reason = h("input", { type: "text", name: "reason" });
  const submit = h("button", { type: "submit", class: "bad" }, "Cancel the visit");
  // Where it stood nothing stands any more: its user is next.
  const gone = (): void => {
    box.close();
    grid.focusUser(visit.row.user.id);
    document.querySelector<HTMLElement>(`#list [data-user="${visit.row.user.id}"] h2`)?.focus();
  };
  const form: HTMLFormElement = h(
    "form",
    { onsubmit: once(submit, () => changes.cancel(visit, String(new FormData(form).get("by")), reason.value, gone)) },
    h("fieldset", {}, h("legend", {}, "Who cancels?"), choice("customer", "The customer"), choice("company", "We do")),
    field("Reason", reason),
    h("p", { class: "hint" }, "May be left out."),
    h("footer", {}, h("button", { type: "button", class: "quiet", onclick: () => box.close() }, "Keep the visit"), submit),
  );
  const box = dialog(`Cancel ${visit.card.customer.name}'s visit`, [form]);
}
