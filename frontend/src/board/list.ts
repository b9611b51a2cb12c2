// The day as a list: the same visits by user, for narrow screens and for who reads line by line.

import type { Schemas } from "../api";
import { company, offered } from "../api";
import { h } from "../dom";
import { classes, marks, statusText } from "../grid/looks";
import { dateText, timeOf } from "../grid/times";

type Grid = Schemas["GridView"];
type Stretch = Schemas["Stretch"];

export class DayList {
  constructor(
    private readonly place: HTMLElement,
    /** A visit was chosen, by its id. */
    private readonly open: (visit: string) => void,
  ) {}

  /** Shows a grid in place of the one before. What is the same stays; the focus stays with the visit that has it. */
  show(grid: Grid): void {
    const held = this.place.contains(document.activeElement) ? document.activeElement : null;
    const whose = held?.closest<HTMLElement>("article")?.dataset["user"];
    const there = [...this.place.querySelectorAll("article")];
    const before = new Map(there.map((each) => [each.dataset["user"], each]));
    const now = grid.rows.map((row) => {
      const [old, fresh] = [before.get(row.user.id), this.#article(grid, row)];
      return old?.isEqualNode(fresh) ? old : fresh;
    });
    const same = there.length === now.length && now.every((each, index) => each.dataset["user"] === there[index]?.dataset["user"]);
    // What is moved loses the focus: what is the same is not.
    if (same) there.forEach((each, index) => each === now[index] || each.replaceWith(now[index] ?? ""));
    else this.place.replaceChildren(...now);
    if (!held || held === document.activeElement) return;
    const back = document.getElementById(held.id) ?? document.getElementById(`user-${whose}`);
    back?.focus({ preventScroll: true });
  }

  clear(): void {
    this.place.replaceChildren();
  }

  /** Brings a visit into view, and the focus to it. */
  focus(visit: string): void {
    document.getElementById(`visit-${visit}`)?.focus();
  }

  /** Brings a user into view, and the focus to their name. */
  focusUser(user: string): void {
    document.getElementById(`user-${user}`)?.focus();
  }

  #article(grid: Grid, row: Schemas["GridRow"]): HTMLElement {
    return h(
      "article",
      { class: "list-user", "data-user": row.user.id },
      h("h2", { id: `user-${row.user.id}`, tabindex: -1 }, row.user.name, h("span", { class: "hint" }, ` ${hours(grid, row)}`)),
      h("ul", {}, ...row.blocks.map((block) => this.#line(grid, block))),
      !row.blocks.length && h("p", { class: "hint" }, "No visits."),
      offered("appointments/new") && h("a", { id: `book-${row.user.id}`, href: `/app/${company}/appointments/new?user=${row.user.id}&date=${grid.days[0]?.date ?? ""}` }, "Book a visit", h("span", { class: "unseen" }, ` with ${row.user.name}`)),
    );
  }

  #line(grid: Grid, block: Schemas["BlockView"]): HTMLElement {
    const card = block.appointment;
    const time = `${grid.days.length > 1 ? `${dateText(block.start)} ` : ""}${timeOf(block.start)} to ${timeOf(block.end)}`;
    if (!card) return h("li", {}, `${time}, busy`);
    const text = [card.customer.name, card.type, statusText(card.status)].join(" · ");
    const stands = marks(grid, block).map((each) => h("span", { class: "badge bad" }, each));
    const about = { type: "button", class: "quiet", id: `visit-${card.id}`, onclick: () => this.open(card.id) };
    return h("li", { class: classes(grid, block).join(" ") }, h("button", about, h("strong", {}, time), ` ${text}`), ...stands);
  }
}

/** Away is who is so all the time that they would work; of several days nothing is told that is true of one alone. */
function hours(grid: Grid, { working, absent }: Schemas["GridRow"]): string {
  const away = (each: Stretch): boolean =>
    absent.some((other) => Date.parse(other.start) <= Date.parse(each.start) && Date.parse(each.end) <= Date.parse(other.end));
  if (!working.length) return absent.length ? "away" : "not working";
  if (working.every(away)) return "away";
  if (grid.days.length > 1) return "";
  const told = (each: Stretch): string => `${timeOf(each.start)} to ${timeOf(each.end)}`;
  return [...working.map(told), ...absent.map((each) => `away ${told(each)}`)].join(", ");
}
