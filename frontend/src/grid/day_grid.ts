// The day grid: users as rows or as columns over 1 to 7 days, their visits to be dragged and resized (WEB-01, WEB-02).
//
// All users are there, of the visits only those near what is in view: drawing them is what takes time. They are handed to the
// calendar anew as one scrolls.

import { createCalendar, destroyCalendar, Interaction, ResourceTimeGrid, ResourceTimeline } from "@event-calendar/core";
import type { Calendar } from "@event-calendar/core";
import "@event-calendar/core/index.css";
import "./day_grid.css";
import type { Schemas } from "../api";
import { h } from "../dom";
import type { Block, Card, Row } from "./looks";
import { classes, content } from "./looks";
import { say } from "../toasts";
import { clock, dateOf, dateText, instants, localDate, minutesBetween, offset, shown, skipped } from "./times";

type Grid = Schemas["GridView"];
type Stretch = Schemas["Stretch"];
export type Layout = "rows" | "columns";

/** A visit of somebody's. */
export interface Visit {
  row: Row;
  block: Block;
  card: Card;
}

/** A free time that was chosen: *start* is an instant in the grid's zone. */
export interface Place {
  user: string;
  start: string;
}

export interface Handlers {
  /** A free time was clicked. */
  pick?(place: Place): void;
  /** A visit was chosen, by click, Enter or Space. */
  open?(visit: Visit): void;
  /** A visit is being dragged, and then no more. */
  dragging?(visit: Visit | undefined): void;
  /** A visit was dropped elsewhere. It stays there until this says otherwise: false snaps it back. */
  move?(visit: Visit, to: Place): Promise<boolean>;
  /** An edge was dragged. */
  resize?(visit: Visit, minutes: number): Promise<boolean>;
  /** What a user's name leads to. */
  user?(row: Row): Node;
  /** Whether a visit is shown as one. Of the others is drawn that somebody's time is taken. */
  shows?(card: Card): boolean;
}

/** A visit that is only thought of: shown on the grid, dragged and resized like the others. */
export interface Draft {
  user: string;
  start: string;
  minutes: number;
  title: string;
}

/** Of users, whether they may visit a customer, and how far they start from there. */
export type Reach = ReadonlyMap<string, { valid: boolean; distance: string }>;

/** Where one looks: from which user on, so many pixels into theirs, and so many seconds after the first day's midnight. */
export interface Spot {
  user: string;
  into: number;
  seconds: number;
}

const DRAFT = "draft";
/** Where users are rows, the least: a day is as wide as its place. */
const SLOT = { rows: 30, columns: 22 };
const COLUMN = 132;
const ROW = 46;
/** So many rows and columns are drawn beyond those in view. */
const MARGIN = 3;
const SHORTLY = 60;
const DAY_SECONDS = 86_400;
const TAKES_NO_TIME = new Set<Schemas["Status"]>(["cancelled", "no_show"]);

const REACH: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export class DayGrid {
  #grid: Grid | undefined;
  #calendar: Calendar | undefined;
  #drawn = "";
  #events = new Map<string, Calendar.EventInput[]>();
  #visits = new Map<string, Visit>();
  #draft: Draft | undefined;
  #reach: Reach | undefined;
  #dragging = false;
  #shortly = 0;
  /** As it was when somebody began to drag it: others may change it meanwhile. */
  #held: Visit | undefined;
  #frame = 0;
  #slot = SLOT.rows;
  #returning = 0;

  constructor(
    readonly place: HTMLElement,
    readonly handlers: Handlers,
    private layout: Layout = "rows",
  ) {
    place.classList.add("day-grid");
    place.addEventListener("keydown", (event) => this.#key(event));
    place.addEventListener("focusin", ({ target }) => this.#rove(target));
    new ResizeObserver(() => (this.#fit(), this.#later())).observe(place);
    addEventListener("pointercancel", () => this.#dragging && (this.#drag(undefined), this.#later()));
  }

  get grid(): Grid | undefined {
    return this.#grid;
  }

  /** Whether somebody drags something at this moment. */
  get dragging(): boolean {
    return this.#dragging;
  }

  visit(id: string): Visit | undefined {
    return this.#visits.get(id);
  }

  /** The grid as it is seen: of visits that are not shown, only the time they take. */
  get seen(): Grid | undefined {
    return this.#grid && { ...this.#grid, rows: this.#grid.rows.map((row) => this.#seen(row)) };
  }

  /** Where one looks now. */
  get spot(): Spot | undefined {
    const main = this.#main;
    if (!main?.clientWidth || !this.#grid) return undefined;
    const { scrollLeft, scrollTop } = main;
    const { least, step, slots } = this.#clocks;
    if (this.layout === "columns") {
      const wide = COLUMN * this.#grid.days.length;
      const user = this.#grid.rows[Math.floor(scrollLeft / wide)]?.user.id;
      return user === undefined ? undefined : { user, into: scrollLeft % wide, seconds: least + (scrollTop / SLOT.columns) * step };
    }
    const heads = this.#heads();
    const tops = heads.map((head) => head.offsetTop - (heads[0]?.offsetTop ?? 0));
    const index = tops.findLastIndex((top) => top <= scrollTop);
    const user = this.#grid.rows[index]?.user.id;
    const along = scrollLeft / this.#slot;
    const seconds = Math.floor(along / slots) * DAY_SECONDS + least + (along % slots) * step;
    return user === undefined ? undefined : { user, into: scrollTop - (tops[index] ?? 0), seconds };
  }

  /** Shows a grid in place of the one before. One stays where one was, or comes to a *spot*. */
  show(grid: Grid, layout: Layout = this.layout, spot?: Spot): void {
    const same = this.#calendar && layout === this.layout && frameOf(grid) === frameOf(this.#grid);
    const here = same ? undefined : (spot ?? this.spot);
    this.#grid = grid;
    this.layout = layout;
    this.#index();
    if (same) this.#feed(true);
    else this.#make(grid, here);
    if (this.#reach) this.cover(this.#reach);
  }

  /** Takes some users' rows anew, as they are now. */
  update(rows: readonly Row[]): void {
    if (!this.#grid) return;
    const fresh = new Map(rows.map((row) => [row.user.id, row]));
    this.#grid = { ...this.#grid, rows: this.#grid.rows.map((row) => fresh.get(row.user.id) ?? row) };
    this.#index(rows);
    this.#feed(true);
  }

  /** Puts one visit where it is by now, before its row is asked for anew; it is drawn there *within* so many milliseconds. */
  put(id: string, user: string, start: string, end: string, card: Partial<Card>, within = SHORTLY): void {
    const visit = this.#visits.get(id);
    if (!visit || !this.#grid) return;
    const block: Block = { start, end, appointment: { ...visit.card, ...card } };
    const rows = this.#grid.rows.map((row) => {
      const rest = row.blocks.filter((each) => each.appointment?.id !== id);
      const mine = row.user.id === user ? [...rest, block].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)) : rest;
      return mine.length === row.blocks.length && row.user.id !== user ? row : { ...row, blocks: mine };
    });
    const changed = rows.filter((row) => row.user.id === user || row.user.id === visit.row.user.id);
    this.#grid = { ...this.#grid, rows };
    this.#index(changed);
    // It stands there already, where it was dropped: first one is told so.
    clearTimeout(this.#shortly);
    this.#shortly = window.setTimeout(() => this.#feed(true), within);
  }

  /** Shows or, with nothing, takes away what is only thought of. */
  draft(draft: Draft | undefined): void {
    this.#draft = draft;
    this.#feed(true);
  }

  /** Shows who may visit a customer, and how far each one starts from there; with nothing, about nobody. */
  cover(reach: Reach | undefined): void {
    this.#reach = reach;
    const rows = this.#grid?.rows ?? [];
    const days = this.#grid?.days.length ?? 1;
    const heads = this.#heads();
    const cells = [...this.place.querySelectorAll(".ec-body .ec-day")];
    rows.forEach((row, index) => {
      const told = reach?.get(row.user.id);
      const out = reach !== undefined && !told?.valid;
      heads[index]?.classList.toggle("invalid", out);
      for (const cell of cells.slice(index * days, (index + 1) * days)) cell.classList.toggle("invalid", out);
      const about = heads[index]?.querySelector(".about");
      if (about) about.textContent = told?.distance ?? aside(row);
    });
  }

  /** Draws what is in view anew: visits become late while one looks. */
  redraw(): void {
    this.#index();
    this.#feed(true);
  }

  /** Brings a user into view, and the focus to their name. */
  focusUser(user: string): void {
    this.reveal(user);
    const index = this.#grid?.rows.findIndex((row) => row.user.id === user) ?? -1;
    this.#heads()[index]?.querySelector<HTMLElement>("a, button, [tabindex]")?.focus();
  }

  /** The free time at a point of the window, if there is one. */
  at(x: number, y: number): Place | undefined {
    const found = this.#calendar?.dateFromPoint(x, y);
    return found?.resource && this.#placed(String(found.resource.id), this.#pointed(found, x, y));
  }

  /** Brings a user into view, and their visits onto the screen. */
  reveal(user: string, date?: string): void {
    const index = this.#grid?.rows.findIndex((row) => row.user.id === user) ?? -1;
    const main = this.#main;
    const [head] = this.#heads().slice(index);
    if (index < 0 || !main || !head) return;
    cancelAnimationFrame(this.#returning);
    const day = Math.max(0, this.#grid?.days.findIndex((each) => each.date === date) ?? 0);
    if (this.layout === "rows") {
      main.scrollTop = head.offsetTop - (main.clientHeight - head.offsetHeight) / 2;
      if (date) main.scrollLeft = day * this.#across;
    } else main.scrollLeft = (index * (this.#grid?.days.length ?? 1) + day) * COLUMN - main.clientWidth / 2;
    this.#feed();
  }

  /** Brings a visit into view, and the focus to it. */
  async focus(id: string): Promise<void> {
    const visit = this.#visits.get(id);
    if (!visit) return;
    this.reveal(visit.row.user.id, dateOf(visit.block.start));
    await new Promise(requestAnimationFrame);
    const found = this.#element(id);
    found?.scrollIntoView({ block: "nearest", inline: "center" });
    found?.focus();
  }

  /** Shows nothing any more, until it is told again what. */
  clear(): void {
    clearTimeout(this.#shortly);
    if (this.#calendar) void destroyCalendar(this.#calendar);
    this.#calendar = this.#grid = this.#draft = this.#reach = this.#held = undefined;
    this.#dragging = false;
    this.#index();
  }

  #make(grid: Grid, spot: Spot | undefined): void {
    if (this.#calendar) void destroyCalendar(this.#calendar);
    this.#drawn = "";
    const { handlers } = this;
    const { least, most, step } = this.#clocks;
    const rows = this.layout === "rows";
    this.#calendar = createCalendar(this.place, [rows ? ResourceTimeline : ResourceTimeGrid, Interaction], {
      view: rows ? "resourceTimelineDay" : "resourceTimeGridDay",
      duration: { days: grid.days.length },
      date: grid.days[0]?.date ?? grid.today,
      timeZone: offset(grid),
      headerToolbar: { start: "", center: "", end: "" },
      height: "100%",
      resources: grid.rows.map((row) => ({ id: row.user.id, title: row.user.name })),
      resourceLabelContent: ({ resource }) => ({ domNodes: [this.#label(String(resource.id))] }),
      slotMinTime: clockOf(least),
      slotMaxTime: clockOf(most),
      slotDuration: { minutes: step / 60 },
      slotWidth: this.#slot,
      slotHeight: SLOT.columns,
      ...(rows ? {} : { columnWidth: `${COLUMN}px` }),
      slotLabelFormat: { hour: "numeric", minute: "2-digit", hourCycle: "h23" },
      dayHeaderFormat: (date: Date) => dateText(localDate(date)),
      allDaySlot: false,
      nowIndicator: true,
      slotEventOverlap: false,
      events: [],
      editable: Boolean(handlers.move),
      eventStartEditable: Boolean(handlers.move),
      eventDurationEditable: Boolean(handlers.resize),
      eventContent: ({ event }) => this.#content(event),
      eventClick: ({ event }) => this.#opened(String(event.id)),
      eventDragStart: ({ event }) => this.#drag(this.#visits.get(String(event.id))),
      eventDragStop: () => this.#drag(undefined),
      eventResizeStart: ({ event }) => this.#hold(this.#visits.get(String(event.id))),
      eventResizeStop: () => this.#drag(undefined),
      eventDrop: (info) => void this.#dropped(info),
      eventResize: (info) => void this.#resized(info),
      dateClick: ({ dateStr, resource }) => {
        const place = resource && this.#placed(String(resource.id), clock(dateStr));
        if (place) handlers.pick?.(place);
      },
    });
    this.#main?.addEventListener("scroll", () => this.#later(), { passive: true });
    this.#plain();
    this.#rove();
    this.#fit();
    if (spot) this.#return(spot);
    this.#feed(true);
    // The calendar itself goes to its first hour once it is drawn.
    cancelAnimationFrame(this.#returning);
    if (spot) this.#returning = requestAnimationFrame(() => this.#return(spot));
  }

  /** Where users are rows, one day fills the place. */
  #fit(): void {
    const main = this.#main;
    if (!main?.clientWidth || this.layout === "columns") return;
    const room = (main.clientWidth - (this.#heads()[0]?.offsetWidth ?? 0)) / this.#clocks.slots;
    const slot = Math.max(SLOT.rows, Math.floor(room * 10) / 10);
    if (slot === this.#slot) return;
    this.#slot = slot;
    this.#calendar?.setOption("slotWidth", slot);
  }

  /** Goes where one looked; of users who are not here, to the first. */
  #return({ user, into, seconds }: Spot): void {
    const main = this.#main;
    const grid = this.#grid;
    if (!main || !grid) return;
    const { least, step, slots } = this.#clocks;
    const index = grid.rows.findIndex((row) => row.user.id === user);
    const hours = Math.max(0, (seconds % DAY_SECONDS) - least) / step;
    const heads = this.#heads();
    if (this.layout === "columns") {
      main.scrollLeft = index < 0 ? 0 : index * grid.days.length * COLUMN + into;
      main.scrollTop = hours * SLOT.columns;
    } else {
      main.scrollTop = index < 0 ? 0 : (heads[index]?.offsetTop ?? 0) - (heads[0]?.offsetTop ?? 0) + into;
      main.scrollLeft = (Math.floor(seconds / DAY_SECONDS) * slots + hours) * this.#slot;
    }
  }

  /** In seconds: from when until when each day is drawn, and in which steps; and how many. */
  get #clocks(): { least: number; most: number; step: number; slots: number } {
    const all = this.#grid?.days.flatMap((day) => day.slots) ?? [];
    const step = (minutesBetween(all[0] ?? "", all[1] ?? "") || 30) * 60;
    const seconds = all.map((slot) => (clock(slot) / 1_000) % DAY_SECONDS);
    const [least, most] = all.length ? [Math.min(...seconds), Math.max(...seconds) + step] : [0, step];
    return { least, most, step, slots: (most - least) / step };
  }

  /**
   * The calendar calls its parts a table, with rows whose cells lie elsewhere: screen readers would read nonsense. What is read
   * are the users' names, and the visits, each of which says whose it is and when.
   */
  #plain(): void {
    for (const part of this.place.querySelectorAll("[role]:not(.ec-event)"))
      for (const name of ["role", "aria-colindex", "aria-colspan", "aria-label"]) part.removeAttribute(name);
  }

  get #main(): HTMLElement | null {
    return this.place.querySelector<HTMLElement>(".ec-main");
  }

  /** The width of a day where users are rows. */
  get #across(): number {
    return this.#clocks.slots * this.#slot;
  }

  #heads(): HTMLElement[] {
    const rows = this.layout === "rows";
    return [...this.place.querySelectorAll<HTMLElement>(rows ? ".ec-body .ec-row-head" : ".ec-header .ec-col-head")];
  }

  #element(id: string): HTMLElement | null {
    const visit = this.#visits.get(id);
    if (!visit) return null;
    return this.place.querySelector<HTMLElement>(`[data-visit="${CSS.escape(id)}"]`)?.closest<HTMLElement>(".ec-event") ?? null;
  }

  /** Notes what stands in some rows, by default in all, by user and day. */
  #index(rows?: readonly Row[]): void {
    const grid = this.#grid;
    const whose = rows && new Set(rows.map((row) => row.user.id));
    for (const [id, { row }] of this.#visits) if (!whose || whose.has(row.user.id)) this.#visits.delete(id);
    if (!whose) this.#events.clear();
    for (const row of rows ?? grid?.rows ?? []) {
      for (const day of grid?.days ?? []) this.#events.delete(`${row.user.id} ${day.date}`);
      const put = (date: string, event: Calendar.EventInput): void => {
        const key = `${row.user.id} ${date}`;
        const there = this.#events.get(key);
        if (there) there.push(event);
        else this.#events.set(key, [event]);
      };
      for (const block of row.blocks) if (block.appointment) this.#visits.set(block.appointment.id, { row, block, card: block.appointment });
      this.#seen(row).blocks.forEach((block, index) => {
        put(dateOf(block.start), this.#event(row, block, index));
      });
      const shade = (stretches: readonly Stretch[], className: string): void =>
        stretches.forEach((each, index) => {
          for (const date of grid?.days.map((day) => day.date).filter((day) => within(day, each)) ?? [])
            put(date, {
              id: `${className} ${row.user.id} ${date} ${index}`,
              resourceId: row.user.id,
              start: dateOf(each.start) < date ? `${date}T00:00:00` : shown(each.start),
              end: dateOf(each.end) > date ? `${date}T24:00:00` : shown(each.end),
              display: "background",
              className,
            });
        });
      shade(row.working, "working");
      shade(row.absent, "absent");
      shade(row.held, "held");
    }
  }

  #seen(row: Row): Row {
    const { shows } = this.handlers;
    if (!shows) return row;
    const blocks = row.blocks.flatMap((block): Block[] => {
      const card = block.appointment;
      if (!card || shows(card)) return [block];
      return TAKES_NO_TIME.has(card.status) ? [] : [{ ...block, appointment: null }];
    });
    return { ...row, blocks };
  }

  #event(row: Row, block: Block, index: number): Calendar.EventInput {
    const card = block.appointment;
    const fixed = !card || !["scheduled", "on_site", "en_route"].includes(card.status);
    return {
      id: card?.id ?? `busy ${row.user.id} ${index}`,
      resourceId: row.user.id,
      start: shown(block.start),
      end: shown(block.end),
      startEditable: !fixed && card.status === "scheduled",
      durationEditable: !fixed,
      classNames: this.#grid ? classes(this.#grid, block) : [],
      extendedProps: { block, row },
    };
  }

  /** Hands the calendar what is in view, and a little around it. */
  #feed(always = false): void {
    const grid = this.#grid;
    // The calendar holds what is being dragged: nothing is taken from under it.
    if (!this.#calendar || !grid || this.#dragging) return;
    const [users, days] = this.#inView();
    const view = `${users} ${days}`;
    if (!always && view === this.#drawn) return;
    this.#drawn = view;
    const dates = grid.days.slice(...days).map((day) => day.date);
    const near = grid.rows.slice(...users).flatMap((row) => dates.flatMap((date) => this.#events.get(`${row.user.id} ${date}`) ?? []));
    if (this.#draft) near.push(this.#drafted(grid, this.#draft));
    const held = this.#focused();
    this.#calendar.setOption("events", near);
    // What is drawn anew takes the focus again.
    if (held) requestAnimationFrame(() => document.activeElement === document.body && this.#element(held)?.focus({ preventScroll: true }));
  }

  /** The visit that has the focus. */
  #focused(): string | undefined {
    const here = this.place.contains(document.activeElement) && document.activeElement?.querySelector<HTMLElement>("[data-visit]");
    return (here && here.dataset["visit"]) || undefined;
  }

  #inView(): [[number, number], [number, number]] {
    const rows = this.#grid?.rows.length ?? 0;
    const days = this.#grid?.days.length ?? 1;
    const main = this.#main;
    if (!main) return [[0, 0], [0, 0]];
    if (this.layout === "columns") {
      const first = Math.max(0, Math.floor(main.scrollLeft / COLUMN / days) - MARGIN);
      return [[first, Math.min(rows, Math.ceil((main.scrollLeft + main.clientWidth) / COLUMN / days) + MARGIN)], [0, days]];
    }
    const heads = this.#heads();
    const from = main.scrollTop - MARGIN * ROW;
    const to = main.scrollTop + main.clientHeight + MARGIN * ROW;
    const first = heads.findIndex((head) => head.offsetTop + head.offsetHeight >= from);
    const last = heads.findLastIndex((head) => head.offsetTop <= to);
    const across = this.#across;
    const day = Math.max(0, Math.floor((main.scrollLeft - across / 4) / across));
    const until = Math.min(days, Math.ceil((main.scrollLeft + main.clientWidth + across / 4) / across));
    return [[Math.max(0, first), last + 1], [day, until]];
  }

  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#feed());
  }

  #drafted(grid: Grid, draft: Draft): Calendar.EventInput {
    const start = shown(draft.start);
    return {
      id: DRAFT,
      resourceId: draft.user,
      start,
      end: new Date(clock(start) + draft.minutes * 60_000).toISOString().slice(0, 19),
      className: "draft",
      extendedProps: { title: draft.title, user: grid.rows.find((row) => row.user.id === draft.user)?.user.name },
    };
  }

  #content(event: Calendar.Event): { domNodes: Node[] } {
    const { block, row, title } = event.extendedProps as { block?: Block; row?: Row; title?: string };
    // While it is dragged it tells where it would be.
    const when = event.display === "preview" && h("span", { class: "when" }, `${clockText(event.start)}–${clockText(event.end)}`);
    const inside = block && row && this.#grid ? content(this.#grid, row, block) : title && h("strong", {}, title);
    return { domNodes: [inside, when].filter((each) => each instanceof Node) };
  }

  #label(user: string): Node {
    const row = this.#grid?.rows.find((each) => each.user.id === user);
    if (!row) return h("span");
    return h(
      "span",
      { class: "who", title: row.why_not.map((each) => each.sentence).join(" ") || null },
      this.handlers.user?.(row) ?? h("span", { class: "name" }, row.user.name),
      h("span", { class: "about" }, aside(row)),
    );
  }

  #opened(id: string): void {
    const visit = this.#visits.get(id);
    if (visit) this.handlers.open?.(visit);
  }

  #hold(visit: Visit | undefined): void {
    this.#dragging = true;
    this.#held = visit;
  }

  #drag(visit: Visit | undefined): void {
    this.#dragging = visit !== undefined;
    if (visit) this.#held = visit;
    this.handlers.dragging?.(visit);
    // What came in the meantime, and what a drag that was broken off left behind.
    if (!visit) this.#drawn = "";
  }

  async #dropped({ event, newResource, delta }: Calendar.EventDropInfo): Promise<void> {
    const user = String(newResource?.id ?? event.resourceIds[0] ?? "");
    if (!this.#grid || !user) return;
    if (event.id === DRAFT) {
      const start = this.#draft && this.#after(this.#draft.start, delta);
      if (start) this.handlers.pick?.({ user, start });
      else this.#feed(true);
      return;
    }
    const visit = this.#taken(String(event.id));
    const elsewhere = newResource !== undefined || delta.days !== 0 || delta.seconds !== 0;
    const start = visit && elsewhere && this.#after(visit.block.start, delta);
    if (!(start && (await this.handlers.move?.(visit, { user, start })))) this.#feed(true);
  }

  async #resized({ event, endDelta }: Calendar.EventResizeInfo): Promise<void> {
    const seconds = endDelta.days * 86_400 + endDelta.seconds;
    if (event.id === DRAFT) {
      if (this.#draft) this.draft({ ...this.#draft, minutes: this.#draft.minutes + seconds / 60 });
      this.place.dispatchEvent(new CustomEvent("draft", { detail: this.#draft }));
      return;
    }
    const visit = this.#taken(String(event.id));
    const minutes = visit ? minutesBetween(visit.block.start, visit.block.end) + seconds / 60 : 0;
    if (!(visit && seconds && (await this.handlers.resize?.(visit, minutes)))) this.#feed(true);
  }

  #taken(id: string): Visit | undefined {
    return this.#held?.card.id === id ? this.#held : this.#visits.get(id);
  }

  /** So much later by the clocks. What stays at its time stays the second of two equal ones. */
  #after(start: string, delta: Calendar.Duration): string | undefined {
    const seconds = delta.days * 86_400 + delta.seconds;
    return seconds ? this.#told(clock(start) + seconds * 1_000) : start;
  }

  /** The instant that the clocks tell, of two the first; where they skip it, that is said. */
  #told(clocks: number): string | undefined {
    if (!this.#grid) return undefined;
    const [first] = instants(this.#grid, clocks);
    if (!first) say(skipped(this.#grid, clocks), [], true);
    return first;
  }

  /** The calendar tells it by the browser's own clocks, and those skip some times: how far into the day it is is measured. */
  #pointed({ date, dayEl }: { date: Date; dayEl: HTMLElement }, x: number, y: number): number {
    const { least, step } = this.#clocks;
    const { left, top } = dayEl.getBoundingClientRect();
    const before = Math.floor(this.layout === "rows" ? (x - left) / this.#slot : (y - top) / SLOT.columns);
    return Date.parse(`${localDate(date)}T00:00Z`) + (least + before * step) * 1_000;
  }

  #placed(user: string, clocks: number): Place | undefined {
    const start = this.#told(clocks);
    return start ? { user, start } : undefined;
  }

  /**
   * Arrows go from name to name, and from a name to the user's visits; from visit to visit, along a user's days, and to the
   * nearest one of the users above and below.
   */
  #key(event: KeyboardEvent): void {
    const reach = REACH[event.key];
    if (!reach || event.altKey || event.ctrlKey || event.metaKey) return;
    const [down, along] = this.layout === "rows" ? reach : ([reach[1], reach[0]] as const);
    const visit = this.#visits.get(this.#focused() ?? "");
    const name = this.#heads().findIndex((head) => head.contains(document.activeElement));
    const row = visit?.row ?? this.#grid?.rows[name];
    if (!row) return;
    const next = visit ? this.#neighbour(visit, down, along) : along > 0 && this.#seen(row).blocks.find((block) => block.appointment)?.appointment;
    const beside = visit ? along < 0 && row : down && this.#grid?.rows[name + down];
    if (next) void this.focus(next.id);
    else if (beside) this.focusUser(beside.user.id);
    else return;
    event.preventDefault();
  }

  /** Of the names one is reached by Tab, the others by arrows. */
  #rove(to?: EventTarget | null): void {
    const names = this.#heads().flatMap((head) => head.querySelector<HTMLElement>("a, button, [tabindex]") ?? []);
    const chosen = names.find((each) => each === to) ?? (to ? undefined : names[0]);
    if (chosen) for (const name of names) name.tabIndex = name === chosen ? 0 : -1;
  }

  #neighbour(visit: Visit, down: number, along: number): Card | undefined {
    const cards = (row: Row): Block[] => this.#seen(row).blocks.filter((block) => block.appointment);
    const own = cards(visit.row);
    if (along) return own[own.findIndex((block) => block.appointment?.id === visit.card.id) + along]?.appointment ?? undefined;
    const rows = this.#grid?.rows ?? [];
    const here = rows.findIndex((row) => row.user.id === visit.row.user.id);
    for (let index = here + down; rows[index]; index += down) {
      const row = rows[index];
      const near = row && cards(row).sort((a, b) => away(a, visit) - away(b, visit))[0];
      if (near?.appointment) return near.appointment;
    }
    return undefined;
  }
}

const aside = (row: Row): string =>
  [row.distance?.text, row.zone?.split("/").at(-1)?.replace("_", " "), !row.active && "inactive"].filter(Boolean).join(" · ");
/** `09:30`, of a moment that the calendar handed out. */
const clockText = (moment: Date): string => clockOf(moment.getHours() * 3_600 + moment.getMinutes() * 60);
const away = (block: Block, visit: Visit): number => Math.abs(clock(block.start) - clock(visit.block.start));
const within = (date: string, each: Stretch): boolean =>
  dateOf(each.start) <= date && (date < dateOf(each.end) || (date === dateOf(each.end) && !each.end.includes("T00:00:00")));
const frameOf = (grid: Grid | undefined): string =>
  grid ? [grid.zone, ...grid.days.map((day) => day.date), ...grid.rows.map((row) => row.user.id)].join() : "";
const clockOf = (count: number): string => `${String(Math.floor(count / 3_600)).padStart(2, "0")}:${String((count / 60) % 60).padStart(2, "0")}`;
