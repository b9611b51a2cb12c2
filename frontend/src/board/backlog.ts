// The backlog beside the grid (WOR-13): dragged onto it, or booked from a card.

import type { Schemas } from "../api";
import { ask, asRefusal, company } from "../api";
import { dialog, field, refuse } from "../dialogs";
import { element, h } from "../dom";
import type { DayGrid, Place } from "../grid/day_grid";
import { dateText, onGrid, timeOf } from "../grid/times";
import type { Changes } from "./changes";

type Line = Schemas["WorkOrderLine"];
type Type = { id: string; name: string; kind: string; minutes: number };
type Slot = Schemas["BestSlotsView"]["items"][number];

const TYPES = JSON.parse(element("#types").textContent ?? "[]") as Type[];
/** Work orders are for technicians. */
const KIND = "tech";
const AGAIN = 1_000;
/** So many of the best times are offered, and so many are looked through for them: one for each user's half day. */
const OFFERED = 6;
const LOOKED_AT = 50;

interface Told {
  /** A visit was booked with a user. */
  booked(visit: string, user: string): Promise<void>;
  /** Somebody drags or books a customer's order, as a visit of that kind, and then no more. */
  customer(id: string | undefined, kind?: string): void;
}

export class Backlog {
  #next: string | null = null;
  #soon = 0;
  #asking = 0;
  #orders = new Map<string, Line>();
  readonly #items = element("#backlog-items");
  readonly #more = element<HTMLButtonElement>("#backlog-more");
  readonly #location = element<HTMLSelectElement>("#backlog-location");

  constructor(
    private readonly grid: DayGrid,
    private readonly changes: Changes,
    private readonly told: Told,
  ) {
    this.#more.addEventListener("click", () => void this.load(this.#next));
    this.#location.addEventListener("change", () => void this.load());
    grid.place.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("text/work-order")) event.preventDefault();
    });
    grid.place.addEventListener("drop", (event) => {
      const order = this.#orders.get(event.dataTransfer?.getData("text/work-order") ?? "");
      const place = order && this.grid.at(event.clientX, event.clientY);
      event.preventDefault();
      if (order && place) this.#book(order, place);
    });
  }

  /** Asks for its beginning anew, once for all that happens in a while. */
  async again(): Promise<void> {
    if (this.#soon) return;
    this.#soon = window.setTimeout(() => {
      this.#soon = 0;
      void this.load();
    }, AGAIN);
  }

  clear(): void {
    clearTimeout(this.#soon);
    this.#soon = 0;
    this.#asking++;
    this.#orders.clear();
    this.#items.replaceChildren();
    this.#more.hidden = true;
    element("#backlog-total").textContent = "";
  }

  async load(after: string | null = null): Promise<void> {
    const mine = ++this.#asking;
    try {
      const page = await ask<Schemas["BacklogView"]>("work_orders/backlog", { limit: 30, after, location: this.#location.value || null });
      if (mine !== this.#asking) return;
      const held = this.#items.contains(document.activeElement) && document.activeElement?.closest<HTMLElement>("li")?.dataset["order"];
      if (!after) this.#items.replaceChildren();
      for (const { work_order: order } of page.items) {
        this.#orders.set(order.id, order);
        this.#items.append(this.#item(order));
      }
      if (held) this.#items.querySelector<HTMLElement>(`[data-order="${held}"] button`)?.focus();
      this.#next = page.next;
      this.#more.hidden = page.next === null;
      element("#backlog-total").textContent = String(page.total);
      if (!page.items.length && !after) this.#items.append(h("li", { class: "hint" }, "Every open work order has a visit."));
    } catch (error) {
      if (mine === this.#asking) this.#items.replaceChildren(h("li", { class: "hint" }, asRefusal(error).message));
    }
  }

  #item(order: Line): HTMLElement {
    const about = [`#${order.number}`, order.type?.name, order.priority?.name].filter(Boolean).join(" · ");
    return h(
      "li",
      {
        class: "card",
        "data-order": order.id,
        draggable: "true",
        ondragstart: (event: DragEvent) => {
          event.dataTransfer?.setData("text/work-order", order.id);
          if (event.dataTransfer) event.dataTransfer.effectAllowed = "copy";
          this.told.customer(order.customer.id, KIND);
        },
        ondragend: () => this.told.customer(undefined),
      },
      h("button", { type: "button", class: "link", onclick: () => this.#book(order) }, order.customer.name),
      h("p", {}, order.subject),
      h("p", { class: "hint" }, about),
      order.due && h("p", { class: "hint" }, this.#due(order.due)),
    );
  }

  #due(due: string): HTMLElement | string {
    const today = this.grid.grid?.today;
    const over = today && due.slice(0, 10) < today ? Math.round((Date.parse(today) - Date.parse(due.slice(0, 10))) / 86_400_000) : 0;
    const text = `Due ${dateText(due)}`;
    return over ? h("span", { class: "badge bad" }, `${text}, ${over} ${over === 1 ? "day" : "days"} over`) : text;
  }

  /** Where a place was chosen, it is booked there; otherwise the best slots are offered. */
  #book(order: Line, chosen?: Place): void {
    let place = chosen;
    const view = this.grid.grid;
    const types = TYPES.filter((each) => each.kind === KIND);
    // What kind of visit the work needs nobody knows here, but where a type is called as the work order's is.
    const meant = types.length === 1 ? types[0] : types.find((each) => each.name === order.type?.name);
    const type = h("select", { name: "type", required: true }, h("option", { value: "" }, "Choose…"), ...types.map((each) => h("option", { value: each.id, selected: each === meant }, each.name)));
    const minutes = h("input", { type: "number", name: "minutes", min: 5, step: 5, required: true });
    const proposed = (): void => void (minutes.value = String(types.find((each) => each.id === type.value)?.minutes ?? ""));
    const where = h("p", { role: "status" });
    const slots = h("ul", { class: "slots" });
    const submit = h("button", { type: "submit" }, "Book");
    const show = (): void => {
      const name = place && view?.rows.find((row) => row.user.id === place?.user)?.user.name;
      where.textContent = place ? `${dateText(place.start)} at ${timeOf(place.start)}${name ? ` with ${name}` : ""}` : type.value ? "Choose one of the best times:" : "Choose a type: then the best times are offered.";
      submit.disabled = !place;
      for (const button of slots.querySelectorAll("button")) button.ariaPressed = String(button.value === `${place?.user} ${place?.start}`);
    };
    let asked = 0;
    const offer = async (): Promise<void> => {
      const turn = ++asked;
      slots.replaceChildren();
      if (!type.value) return;
      const query = { customer: order.customer.id, type: type.value, minutes: minutes.value || null, from: view?.days[0]?.date, days: 7, limit: LOOKED_AT, mode: this.changes.mode };
      const best = await ask<Schemas["BestSlotsView"]>("best_slots", query).catch((error: unknown) => asRefusal(error));
      if (turn !== asked) return;
      if ("sentences" in best) return refuse(form, best.sentences);
      const here = best.items.map((each) => ({ ...each, start: view ? onGrid(view, each.start) : each.start }));
      slots.replaceChildren(...varied(here).map((each) => this.#slot(each, () => ((place = { user: each.user.id, start: each.start }), show()))));
      show();
      if (!best.items.length) slots.append(h("li", { class: "hint" }, "No technician has a free time in these seven days."));
    };
    const form = h(
      "form",
      {
        onsubmit: async (event: Event) => {
          event.preventDefault();
          if (!place) return;
          submit.disabled = true;
          const wish = { ...place, kind: KIND, customer: order.customer.id, work_order: order.id, type: type.value, minutes: minutes.valueAsNumber };
          try {
            const made = await this.changes.book(wish);
            box.close();
            await Promise.all([this.load(), this.told.booked(made.id, made.user.id)]);
          } catch (error) {
            submit.disabled = false;
            refuse(form, asRefusal(error).sentences);
            await offer();
          }
        },
      },
      h("p", {}, order.subject, " ", h("a", { href: `/app/${company}/work_orders/${order.id}` }, `Work order ${order.number}`)),
      field("Type of visit", type),
      field("Minutes", minutes),
      where,
      slots,
      h("footer", {}, submit),
    );
    // A place on the grid was meant whatever is booked there; one that was offered fits what it was offered for.
    const again = (): void => {
      if (chosen) return;
      place = undefined;
      show();
      void offer();
    };
    proposed();
    type.addEventListener("change", () => (proposed(), again()));
    minutes.addEventListener("change", again);
    show();
    const box = dialog(`Book ${order.customer.name}`, [form]);
    this.told.customer(order.customer.id, KIND);
    void box.closed.then(() => this.told.customer(undefined));
    if (!place) void offer();
  }

  #slot(slot: Slot, choose: () => void): HTMLElement {
    const text = [`${dateText(slot.start)} ${timeOf(slot.start)}`, slot.user.name].join(" · ");
    const way = [slot.distance?.text, slot.added ? `${slot.added.minutes < 0 ? "" : "+"}${slot.added.minutes} min driving` : "driving unknown"].filter(Boolean).join(" · ");
    const value = `${slot.user.id} ${slot.start}`;
    return h("li", {}, h("button", { type: "button", class: "quiet small", value, "aria-pressed": "false", onclick: choose }, text, h("br"), h("span", { class: "hint" }, way)));
  }
}

/** The best of each user's half day: starts half an hour apart are no choice. */
function varied(slots: Slot[]): Slot[] {
  const seen = new Set<string>();
  const half = ({ user, start }: Slot): string => `${user.id} ${start.slice(0, 10)} ${timeOf(start) < "12:00"}`;
  return slots.filter((each) => !seen.has(half(each)) && seen.add(half(each))).slice(0, OFFERED);
}
