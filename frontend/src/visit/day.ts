// The day grid in the form (WEB-02, WEB-09): a free block is clicked, and what is being planned stands there as a draft, to be
// dragged and resized. Other visits are moved and resized as on the board.

import type { Schemas } from "../api";
import { ask } from "../api";
import { openCard } from "../board/card";
import { asRefusal, Changes } from "../board/changes";
import { listen } from "../board/live";
import { element } from "../dom";
import type { Draft, Layout, Place } from "../grid/day_grid";
import { DayGrid } from "../grid/day_grid";
import type { Row } from "../grid/looks";
import { clock, dateOf, instant, timeOf } from "../grid/times";

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
const MOST = 100;

export class Day {
  readonly #place = element("#grid");
  readonly #told = element("#day");
  readonly #grid: DayGrid;
  readonly #changes: Changes;
  #about: About | undefined;
  #first = "";
  #plan: Plan | undefined;
  #asked: AbortController | undefined;
  #deaf: (() => void) | undefined;

  constructor(
    readonly planned: (plan: { user: string; start: string }) => void,
    readonly resized: (minutes: number) => void,
  ) {
    this.#grid = new DayGrid(this.#place, {
      pick: (place: Place) => planned({ user: place.user, start: place.start.slice(0, 16) }),
      open: (visit) => void openCard(this.#grid, visit, this.#changes),
      move: (visit, to) => this.#changes.move(visit, to),
      resize: (visit, minutes) => this.#changes.resize(visit, minutes),
    }, layout());
    this.#changes = new Changes(this.#grid, (users) => this.#refresh(users));
    this.#place.addEventListener("draft", (event) => resized((event as CustomEvent<Draft>).detail.minutes));
    element("#previous").addEventListener("click", () => this.#go(this.#grid.grid?.previous));
    element("#next").addEventListener("click", () => this.#go(this.#grid.grid?.next));
  }

  /** Shows the day of the plan, or the one that is shown, or today. */
  async about(about: About, plan: Plan | undefined): Promise<void> {
    const same = JSON.stringify(about) === JSON.stringify(this.#about);
    const date = plan?.start ? dateOf(plan.start) : this.#first;
    this.#about = about;
    this.#plan = plan;
    if (same && date === this.#first) return this.#draw();
    this.#first = date;
    await this.#load();
  }

  #go(date: string | undefined): void {
    if (!date) return;
    this.#first = date;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#asked?.abort();
    this.#asked = new AbortController();
    try {
      const view = this.#sorted(await this.#ask(this.#about?.users ?? [], this.#asked.signal));
      this.#first = view.days[0]?.date ?? this.#first;
      const fresh = this.#grid.grid === undefined;
      this.#tell(view);
      this.#grid.show(view, layout());
      if (fresh) this.#daybreak(view);
      this.#draw();
      this.#listen();
    } catch (error) {
      if (!(error instanceof DOMException)) this.#told.textContent = asRefusal(error).message;
    }
  }

  #ask(users: readonly string[], signal?: AbortSignal): Promise<Grid> {
    const { customer, kind, mode, zone } = this.#about ?? { customer: "", kind: "", mode: "", zone: "" };
    const query = { from: this.#first || null, days: 1, customer, kind, mode: mode || null, zone, users: users.slice(0, MOST), statuses: STATUSES };
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
    const day = dayText(this.#first);
    element("strong", this.#told).textContent = this.#first === view.today ? `Today, ${day}` : day;
    element("span", this.#told).textContent = view.rows.length ? `${view.zone} time` : view.message ?? "Nobody is shown.";
  }

  /** Greys who may not visit the customer, and puts the draft where the plan is. */
  #draw(): void {
    const view = this.#grid.grid;
    if (!view) return;
    this.#grid.cover(new Map(view.rows.map((row) => [row.user.id, { valid: row.valid !== false, distance: about(row) }])));
    const { user, start, minutes, title } = this.#plan ?? { user: "", start: "", minutes: 0, title: "" };
    const here = user && start && minutes > 0 && dateOf(start) === this.#first && view.rows.some((row) => row.user.id === user);
    this.#grid.draft(here ? { user, start: instant(view, clock(`${start}:00`)), minutes, title } : undefined);
    if (here) this.#grid.reveal(user);
    this.#place.querySelector(".ec-event.draft")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #daybreak(view: Grid): void {
    const slots = view.days[0]?.slots ?? [];
    const before = slots.findIndex((slot) => timeOf(slot) >= DAYBREAK);
    const main = this.#place.querySelector(".ec-main");
    if (main) main.scrollLeft = (main.scrollWidth / (slots.length || 1)) * Math.max(0, before);
  }

  async #refresh(users: readonly string[]): Promise<void> {
    const day = this.#first;
    const fresh = await this.#ask(users.filter((user) => this.#about?.users.includes(user))).catch(() => undefined);
    if (!fresh || day !== this.#first) return;
    this.#grid.update(fresh.rows.map((row) => this.#without(row)));
    this.#draw();
  }

  #listen(): void {
    this.#deaf?.();
    this.#deaf = listen(this.#first, 1, ({ appointment, version }) => this.#changes.known(appointment, version), {
      changed: (users) => void this.#refresh(users),
      reset: () => void this.#load(),
      standing: (stands) => this.#place.classList.toggle("stale", !stands),
    });
  }
}

const about = (row: Row): string => [row.distance?.text, row.valid === false && "not offered"].filter(Boolean).join(", ");
const STATUSES = ["scheduled", "en_route", "on_site", "completed"];
const layout = (): Layout => (innerWidth < NARROW ? "columns" : "rows");

const name = (date: Date, part: "weekday" | "month"): string => date.toLocaleDateString("en", { [part]: "short", timeZone: "UTC" });

/** `Tue 24 Nov`, as the suggestions beside it say. */
function dayText(day: string): string {
  const date = new Date(`${day}T00:00Z`);
  return `${name(date, "weekday")} ${date.getUTCDate()} ${name(date, "month")}`;
}
