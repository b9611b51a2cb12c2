// The board (WEB-01): the day grid with its filters, live, and the backlog beside it.

import "../board/board.css";
import type { Query, Schemas } from "../api";
import { ask, asRefusal, company, offered, tell } from "../api";
import { Backlog } from "../board/backlog";
import { openCard } from "../board/card";
import { Changes } from "../board/changes";
import { DayList } from "../board/list";
import { Live } from "../board/live";
import { closing } from "../board/menu";
import { Reaching } from "../board/reach";
import { element, h } from "../dom";
import type { Layout, Spot } from "../grid/day_grid";
import { DayGrid } from "../grid/day_grid";
import { late } from "../grid/looks";
import { dateText, later, timeText, todayOn } from "../grid/times";
import { say } from "../toasts";

type Grid = Schemas["GridView"];
type Choice = Schemas["GridChoiceView"];
type Shape = Layout | "list";

const LAYOUT = "fieldops.board.layout";
/** Where this window's board was left: who comes back from a visit finds it so. */
const SPOT = `fieldops.board.spot.${company}`;
const NARROW = 700;
/** So long has nobody touched a board that shows another day by itself. */
const IDLE_MILLISECONDS = 5 * 60_000;
/** Whoever waits for longer is told so. */
const PATIENCE_MILLISECONDS = 400;
/** The statuses of visits that take somebody's time. */
const TAKEN: Choice["statuses"] = ["scheduled", "en_route", "on_site", "completed"];

const place = element("#grid");
const list = element("#list");
const form = element<HTMLFormElement>("#filters form");
const find = element<HTMLInputElement>("#find");
const days = element<HTMLSelectElement>("#days");
const date = element<HTMLInputElement>("#date");
const kindOf = element<HTMLSelectElement>("#kind");
const attention = element<HTMLButtonElement>("#attention");
const told = element("#told");

/** What one chose to see the last time; nothing is asked for before that is known. */
let choice: Choice | undefined;
/** The day of the address, if it is one: a field of dates takes no other. */
function addressed(): string {
  date.value = new URLSearchParams(location.search).get("from") ?? "";
  return date.validity.valid ? date.value : "";
}
let first = addressed();
/** Whether a person turned to it: Back leads to the day before. */
let turned = false;
/** Shown whichever filters are set: somebody asked for them. */
const sought = new Set<string>();
/** Whether it is to show today, whichever day that is. */
let follows = false;
let used = Date.now();
let shape = (localStorage.getItem(LAYOUT) as Shape | null) ?? (innerWidth < NARROW ? "list" : "rows");

const grid: DayGrid = new DayGrid(place, {
  user: (row) =>
    offered("users")
      ? h("a", { class: "name", href: `/app/${company}/users/${row.user.id}` }, row.user.name)
      : h("span", { class: "name", tabindex: "-1" }, row.user.name),
  open: (visit) => void openCard(grid, visit, changes, focus),
  pick: ({ user, start }) => offered("appointments/new") && location.assign(`/app/${company}/appointments/new?${new URLSearchParams({ user, start })}`),
  dragging: (visit) => void reaching.about(visit?.card.customer.id, visit?.card.kind),
  move: (visit, to) => changes.move(visit, to),
  resize: (visit, minutes) => changes.resize(visit, minutes),
  shows: ({ id, status, pending_reassignment: pending }) =>
    sought.has(id) || ((!choice?.statuses.length || choice.statuses.includes(status)) && (choice?.pending_reassignment ?? pending) === pending),
});
const changes: Changes = new Changes(grid, refresh, { mode: () => reaching.mode });
const reaching: Reaching = new Reaching(grid, element("#modes"), () => chosen());
const backlog: Backlog | null = document.querySelector("#backlog") && new Backlog(grid, changes, {
  booked: async (visit, user) => {
    await refresh([user]);
    focus(visit);
  },
  customer: (id, kind) => void reaching.about(id, kind),
});
const inList = new DayList(list, (id) => {
  const visit = grid.visit(id);
  if (visit) void openCard(grid, visit, changes, focus);
});

/** Brings a visit into view, and the focus to it, whichever way the day is shown. */
function focus(id: string): void {
  if (!sought.has(id)) {
    sought.add(id);
    grid.redraw();
    if (shape === "list" && grid.seen) inList.show(grid.seen);
  }
  if (shape === "list") inList.focus(id);
  else void grid.focus(id);
}

const live = new Live({
  days: () => ({ from: first, days: choice?.days ?? 1 }),
  whole: async (signal) => {
    const view = await ask<Grid>("grid", { ...chosen(), from: first || null }, signal);
    first = view.days[0]?.date ?? first;
    follows ||= first === view.today;
    refused?.();
    show(view);
    const address = first === view.today ? location.pathname : `${location.pathname}?from=${first}`;
    history[turned && address !== location.pathname + location.search ? "pushState" : "replaceState"](null, "", address);
    turned = false;
  },
  rows: async (users, signal) => {
    void backlog?.again();
    const view = grid.grid;
    const here = users.filter((user) => view?.rows.some((row) => row.user.id === user));
    if (!view || !here.length) return [];
    const { kind, zone } = view;
    return (await ask<Grid>("grid", { ...chosen(), from: view.days[0]?.date, kind, zone, users: here }, signal)).rows;
  },
  update: (rows) => {
    grid.update(rows);
    notice();
  },
  known: ({ appointment, version }) => changes.known(appointment, version),
  standing,
  refused: ({ forbidden, message, sentences }) => {
    refused?.();
    inform("");
    turned = false;
    if (forbidden) clear(message);
    else refused = say(sentences, [{ label: "Try again", run: load }], true);
  },
});
/** Takes away what was said of a day that could not be shown. */
let refused: (() => void) | undefined;

/**
 * What this window asks for: another one of the same user's may show something else. What filters hide is asked for too, since
 * it takes time, and may be late.
 */
const chosen = (): Query => ({
  ...choice,
  statuses: choice?.statuses.length ? [...new Set([...TAKEN, ...choice.statuses])] : [],
  pending_reassignment: null,
  as_chosen: false,
});

async function load(): Promise<void> {
  const slow = setTimeout(() => inform("Loading…", true), grid.grid ? PATIENCE_MILLISECONDS : 0);
  try {
    if (choice) await live.look();
    else await begin();
  } finally {
    clearTimeout(slow);
  }
}

async function begin(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const wanted = query.get("visit");
  try {
    choice = await ask<Choice>("grid/choice");
  } catch (error) {
    inform("");
    refused?.();
    refused = say(asRefusal(error).sentences, [{ label: "Try again", run: load }], true);
    return;
  }
  const visit = wanted ? await ask<Schemas["AppointmentView"]>(`appointments/${encodeURIComponent(wanted)}`).catch(() => undefined) : undefined;
  first ||= visit?.start.slice(0, 10) ?? "";
  filtered(choice);
  reshape(shape);
  await live.look();
  if (wanted && grid.visit(wanted)) focus(wanted);
  else if (wanted) inform("The visit is not among those of this board.");
  if (visit && query.get("done") === "booked") changes.booked(visit);
  else if (visit && query.get("done") === "saved") say(`${visit.customer.name}: saved.`);
  void backlog?.load();
}

/** Tells something of the board; it floats above while it *passes*. */
function inform(text: string, passes = false): void {
  told.textContent = text;
  told.classList.toggle("passing", passes);
}

function refresh(users: readonly string[]): Promise<void> {
  return live.refresh(users);
}

function standing(since: Date | undefined): void {
  for (const each of [place, list]) each.classList.toggle("stale", since !== undefined);
  element("#standing").textContent = since ? `Not up to date since ${timeText(since)}. Trying again…` : "";
}

/** Who lost the right to see it sees nothing of it any more. */
function clear(sentence: string): void {
  for (const open of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
  for (const each of [grid, inList, backlog]) each?.clear();
  element("#names").replaceChildren();
  attention.hidden = true;
  inform(sentence);
}

function show(view: Grid): void {
  place.hidden = shape === "list";
  list.hidden = shape !== "list";
  grid.show(view, shape === "list" ? "rows" : shape, grid.grid ? undefined : left);
  const last = view.days.at(-1)?.date ?? first;
  date.value = first;
  element("#today").ariaCurrent = first === view.today ? "date" : null;
  element("#day").textContent = dateText(first) + (last === first ? "" : ` to ${dateText(last)}`);
  days.value = String(view.days.length);
  kindOf.value = view.kind;
  const names = [...view.rows.map((row) => row.user.name), ...view.rows.flatMap((row) => row.blocks.map((each) => each.appointment?.customer.name ?? ""))];
  element("#names").replaceChildren(...[...new Set(names)].filter(Boolean).map((name) => h("option", { value: name })));
  inform(view.rows.length ? "" : (view.message ?? "Nobody is shown with these filters."));
  notice();
}

/** What needs somebody: told once for all, and one after the other by a button. */
function notice(): void {
  const view = grid.grid;
  if (!view) return;
  if (shape === "list" && grid.seen) inList.show(grid.seen);
  const all = view.rows.flatMap((row) => row.blocks.map((block) => ({ row, block })));
  const lateOnes = all.filter(({ block }) => late(view, block));
  const pending = all.filter(({ block }) => block.appointment?.pending_reassignment);
  const text = [lateOnes.length && `${lateOnes.length} late`, pending.length && `${pending.length} without a fitting time`].filter(Boolean);
  attention.hidden = !text.length;
  attention.textContent = text.join(" · ");
  attention.classList.toggle("bad", lateOnes.length > 0);
  waiting = [...new Set([...lateOnes, ...pending].flatMap(({ block }) => block.appointment?.id ?? []))];
}
let waiting: string[] = [];
let next = 0;

/** Shows a choice, and keeps it for the next time. */
async function choose(change: Partial<Choice>): Promise<void> {
  if (!choice) return load();
  choice = { ...choice, ...change };
  sought.clear();
  filtered(choice);
  const kept = tell<Choice>("grid/choice", choice, undefined, "PUT").catch((error) => say(asRefusal(error).sentences, [], true));
  await Promise.all([kept, load()]);
}

function go(step: number, byPerson = true): void {
  // Which day is today the server says: the board may have been open over night.
  turn(step && first ? later(first, step * (choice?.days ?? 1)) : "", byPerson);
}

/** Shows the days from one on; from no day said, those from today on. */
function turn(to: string, byPerson = true): void {
  first = to;
  turned = byPerson;
  follows = false;
  void load();
}

/**
 * What one looks at is not taken away: who works at midnight is told that the day is over, and the board goes on to the new
 * one when nobody uses it.
 */
function midnight(): void {
  const view = grid.grid;
  if (!view || !follows || first >= todayOn(view)) return;
  if (!grid.dragging && !document.querySelector("dialog[open]") && Date.now() - used >= IDLE_MILLISECONDS) return go(0, false);
  element("#today").ariaCurrent = null;
  inform(`It is ${dateText(todayOn(view))} by now. Today shows it; by itself the board does when nobody uses it.`);
}

function reshape(to: Shape): void {
  shape = to;
  for (const button of document.querySelectorAll<HTMLElement>("[data-layout]"))
    button.setAttribute("aria-pressed", String(button.dataset["layout"] === to));
  if (grid.grid) show(grid.grid);
}

/** The filters as they were chosen last, in their form. */
function filtered(choice: Choice): void {
  const ticked = new Set<string>([...choice.locations, ...choice.users, ...choice.statuses]);
  for (const box of form.querySelectorAll<HTMLInputElement>("input[value]")) box.checked = ticked.has(box.value);
  kindOf.value = choice.kind ?? grid.grid?.kind ?? "tech";
  element<HTMLInputElement>("input[name=pending]", form).checked = choice.pending_reassignment === true;
  const count = ticked.size + Number(choice.kind !== null) + Number(choice.pending_reassignment === true);
  const badge = element("#filtered");
  badge.hidden = !count;
  badge.textContent = String(count);
}

function wire(): void {
  const click = (id: string, run: () => unknown): void => element(id).addEventListener("click", run);
  click("#previous", () => go(-1));
  click("#today", () => go(0));
  click("#next", () => go(1));
  click("#attention", () => focus(waiting[next++ % waiting.length] ?? ""));
  if (backlog)
    click("#backlog-toggle", () => {
      const hidden = document.body.classList.toggle("no-backlog");
      element("#backlog-toggle").setAttribute("aria-expanded", String(!hidden));
    });
  date.addEventListener("change", () => date.value && date.validity.valid && turn(date.value));
  days.addEventListener("change", () => choose({ days: Number(days.value) }));
  for (const button of document.querySelectorAll<HTMLElement>("[data-layout]"))
    button.addEventListener("click", () => {
      const to = button.dataset["layout"] as Shape;
      localStorage.setItem(LAYOUT, to);
      reshape(to);
    });
  const filters = element<HTMLDetailsElement>("#filters");
  closing(filters, element(".board-bar"));
  filters.addEventListener("toggle", () => filters.open && void reaching.offer());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    void choose({ kind: null, locations: [], users: [], statuses: [], pending_reassignment: null });
  });
  form.addEventListener("change", (event) => {
    const data = new FormData(form);
    void choose({
      kind: event.target === kindOf ? (kindOf.value as Choice["kind"]) : (choice?.kind ?? null),
      locations: data.getAll("locations") as string[],
      users: data.getAll("users") as string[],
      statuses: data.getAll("statuses") as Choice["statuses"],
      pending_reassignment: data.has("pending") || null,
    });
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    // What gets the focus is not pressed by the same key.
    event.preventDefault();
    seek(find.value.trim().toLowerCase());
  });
  // One of the names that are offered was chosen.
  find.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText") seek(find.value.trim().toLowerCase());
  });
  document.addEventListener("keydown", (event) => {
    const inField = (event.target as HTMLElement).closest("input, select, textarea, dialog");
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !inField) void changes.undo();
  });
}

function seek(text: string): void {
  const rows = grid.grid?.rows ?? [];
  const row = rows.find((each) => each.user.name.toLowerCase().includes(text));
  const visits = rows.flatMap((each) => each.blocks).map((block) => block.appointment);
  const card = visits.find((each) => each?.customer.name.toLowerCase().includes(text));
  if (!text) return;
  inform("");
  if (row) (shape === "list" ? inList : grid).focusUser(row.user.id);
  else if (card) focus(card.id);
  else inform(`Nobody on this board is called ${text}.`);
}

// Who comes back on another day finds that day.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && grid.grid && follows && first < todayOn(grid.grid)) first = "";
});
for (const kind of ["pointerdown", "pointermove", "keydown", "wheel"])
  addEventListener(kind, () => (used = Date.now()), { capture: true, passive: true });

/** Visits become late while one looks, and days are over. */
setInterval(() => grid.grid && !document.hidden && (grid.redraw(), notice(), midnight()), 60_000);

if (!backlog || innerWidth < 1_000) document.body.classList.add("no-backlog");
document.querySelector("#backlog-toggle")?.setAttribute("aria-expanded", String(!document.body.classList.contains("no-backlog")));
const left = (JSON.parse(sessionStorage.getItem(SPOT) ?? "null") as Spot | null) ?? undefined;
addEventListener("pagehide", () => grid.spot && sessionStorage.setItem(SPOT, JSON.stringify(grid.spot)));
addEventListener("popstate", () => {
  const to = addressed();
  date.value = first;
  // A link within the page is no other day.
  if (!grid.grid || (to || todayOn(grid.grid)) !== first) turn(to, false);
});
wire();
await load();
