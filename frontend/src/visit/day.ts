// The day grid in the form (WEB-02, WEB-09): a free block is clicked, and what is being planned stands there as a draft, to be
// dragged and resized. Other visits are moved and resized as on the board.

import type { Schemas } from "../api";
import { ask } from "../api";
import { openCard } from "../board/card";
import { Changes } from "../board/changes";
import { Live } from "../board/live";
import { element, h } from "../dom";
import type { Draft, Layout, Place } from "../grid/day_grid";
import { DayGrid } from "../grid/day_grid";
import type { Row } from "../grid/looks";
import { clock, dateOf, dateText, instants, later, timeOf, timeText } from "../grid/times";

type Grid = Schemas["GridView"];

/** What the grid is asked for. *moving* is the form's own visit: the draft stands in its place. */
export interface About {
  customer: string;
  kind: string;
  mode: string;
  zone: string;
  users: readonly string[];
  moving: string;
}

/** What is planned, as the form tells it: *start* is what the location's clocks show. */
export interface Plan {
  user: string;
  start: string;
  minutes: number;
  title: string;
}

const NARROW = 700;
const DAYBREAK = "07:00";
/** So many users are asked for at once: the nearest ones. */
const MOST = 100;

export class Day {
  readonly #place = element("#grid");
  readonly #told = element("#day");
  readonly #grid: DayGrid;
  readonly #changes: Changes;
  readonly #live: Live;
  #about: About | undefined;
  #first = asked();
  #begun: Promise<void> | undefined;
  #plan: Plan | undefined;

  constructor(
    readonly planned: (plan: { user: string; start: string }) => void,
    readonly resized: (minutes: number) => void,
  ) {
    this.#grid = new DayGrid(this.#place, {
      user: ({ user, valid }) => h("span", { class: "name" }, user.name, valid === false && h("span", { class: "unseen" }, ", not offered for this customer")),
      pick: (place: Place) => planned({ user: place.user, start: place.start.slice(0, 16) }),
      open: (visit) => void openCard(this.#grid, visit, this.#changes),
      move: (visit, to) => this.#changes.move(visit, to),
      resize: (visit, minutes) => this.#changes.resize(visit, minutes),
    }, layout());
    this.#changes = new Changes(this.#grid, (users) => this.#live.refresh(users));
    this.#live = new Live({
      days: () => ({ from: this.#first, days: 1 }),
      whole: (signal) => this.#whole(signal),
      rows: (users, signal) => this.#rows(users, signal),
      update: (rows) => {
        this.#grid.update(rows);
        this.#draw();
      },
      known: ({ appointment, version }) => this.#changes.known(appointment, version),
      standing: (since) => this.#standing(since),
      refused: ({ forbidden, message }) => {
        if (forbidden) this.#grid.clear();
        this.#say(message);
      },
    });
    this.#place.addEventListener("draft", (event) => resized((event as CustomEvent<Draft>).detail.minutes));
    element("#previous").addEventListener("click", () => void this.#go(-1));
    element("#next").addEventListener("click", () => void this.#go(1));
  }

  /** Shows the day of the plan, or the one that is shown, or today. */
  async about(about: About, plan: Plan | undefined): Promise<void> {
    const same = JSON.stringify(about) === JSON.stringify(this.#about);
    // While a year is typed, it is 2 and 20 and 202 first.
    const date = plan?.start && plan.start >= EARLIEST ? dateOf(plan.start) : this.#first;
    this.#about = about;
    this.#plan = plan;
    if (same && date === this.#first) return this.#reveal();
    this.#first = date;
    this.#begun = this.#live.look();
    await this.#begun;
    this.#reveal();
  }

  /** So many days on from the one that is shown, as soon as that is known. */
  async #go(days: number): Promise<void> {
    if (!this.#first) await this.#begun;
    if (!this.#first) return;
    this.#first = later(this.#first, days);
    await this.#live.look();
    this.#reveal();
  }

  async #whole(signal: AbortSignal): Promise<void> {
    const view = this.#sorted(await this.#ask(this.#about?.users ?? [], signal));
    this.#first = view.days[0]?.date ?? this.#first;
    const fresh = this.#grid.grid === undefined;
    this.#tell(view);
    this.#grid.show(view, layout());
    if (fresh) this.#daybreak(view);
    this.#draw();
  }

  async #rows(users: readonly string[], signal: AbortSignal): Promise<readonly Row[]> {
    const here = users.filter((user) => this.#grid.grid?.rows.some((row) => row.user.id === user));
    return here.length ? (await this.#ask(here, signal)).rows.map((row) => this.#without(row)) : [];
  }

  #ask(users: readonly string[], signal: AbortSignal): Promise<Grid> {
    const { customer, kind, mode, zone } = this.#about ?? { customer: "", kind: "", mode: "", zone: "" };
    const query = { from: this.#first || null, days: 1, customer, kind, mode: mode || null, zone, users: users.slice(0, MOST), statuses: STATUSES, as_chosen: false };
    return ask<Grid>("grid", query, signal);
  }

  /** Users as the form lists them, the nearest first; without the visit that the draft stands for. */
  #sorted(view: Grid): Grid {
    const order = new Map(this.#about?.users.map((user, index) => [user, index]));
    const rows = view.rows.map((row) => this.#without(row));
    return { ...view, rows: rows.sort((a, b) => (order.get(a.user.id) ?? MOST) - (order.get(b.user.id) ?? MOST)) };
  }

  #without(row: Row): Row {
    return { ...row, blocks: row.blocks.filter((block) => !block.appointment || block.appointment.id !== this.#about?.moving) };
  }

  #tell(view: Grid): void {
    const day = dateText(this.#first);
    element("strong", this.#told).textContent = this.#first === view.today ? `Today, ${day}` : day;
    const left = Math.max(0, (this.#about?.users.length ?? 0) - MOST);
    const shown = left ? `${view.zone} time, the first ${MOST} users: ${left} more can be chosen above` : `${view.zone} time`;
    this.#say(view.rows.length ? shown : view.message ?? "Nobody is shown.");
  }

  #say(sentence: string): void {
    element("span", this.#told).textContent = sentence;
  }

  #standing(since: Date | undefined): void {
    this.#place.classList.toggle("stale", since !== undefined);
    if (since) this.#say(`Not up to date since ${timeText(since)}. Trying again…`);
    else if (this.#grid.grid) this.#tell(this.#grid.grid);
  }

  /** Greys who may not visit the customer, and puts the draft where the plan is. */
  #draw(): boolean {
    const view = this.#grid.grid;
    if (!view) return false;
    this.#grid.cover(new Map(view.rows.map((row) => [row.user.id, { valid: row.valid !== false, distance: row.distance?.text ?? "" }])));
    const { user, start, minutes, title } = this.#plan ?? { user: "", start: "", minutes: 0, title: "" };
    const here = Boolean(user) && Boolean(start) && minutes > 0 && dateOf(start) === this.#first && view.rows.some((row) => row.user.id === user);
    const at = here ? instants(view, clock(`${start}:00`))[0] : undefined;
    this.#grid.draft(at ? { user, start: at, minutes, title } : undefined);
    return at !== undefined;
  }

  /** Brings what is planned into view. */
  #reveal(): void {
    if (this.#draw()) this.#grid.reveal(this.#plan?.user ?? "");
    this.#place.querySelector(".ec-event.draft")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #daybreak(view: Grid): void {
    const slots = view.days[0]?.slots ?? [];
    const before = slots.findIndex((slot) => timeOf(slot) >= DAYBREAK);
    const main = this.#place.querySelector(".ec-main");
    if (main) main.scrollLeft = (main.scrollWidth / (slots.length || 1)) * Math.max(0, before);
  }
}

/** The day that the address names, if it is one: a field of dates takes none that is no date. */
function asked(): string {
  const field = h("input", { type: "date", min: "1900-01-01", max: "2199-12-24" });
  field.value = new URLSearchParams(location.search).get("date") ?? "";
  return field.validity.valid ? field.value : "";
}

const EARLIEST = "1900";
const STATUSES = ["scheduled", "en_route", "on_site", "completed"];
const layout = (): Layout => (innerWidth < NARROW ? "columns" : "rows");
