// The grid's clocks. Everything on a grid is told in one zone (SCH-24): the calendar is handed what its clocks show, and
// what it answers is turned into an instant of that zone.

import type { Schemas } from "../api";

type Grid = Schemas["GridView"];

const DAY_MILLISECONDS = 86_400_000;

/** What the zone's clocks show, as the calendar takes it: `2026-11-24T09:00:00`. */
export const shown = (instant: string): string => instant.slice(0, 19);

/** The same as a number, to compare and to count with; no instant. */
export const clock = (instant: string): number => Date.parse(`${shown(instant)}Z`);

/** The local date of an instant, as the grid tells it. */
export const dateOf = (instant: string): string => instant.slice(0, 10);

/** `09:30` */
export const timeOf = (instant: string): string => instant.slice(11, 16);

export const minutesBetween = (start: string, end: string): number => (Date.parse(end) - Date.parse(start)) / 60_000;

/**
 * The instants at which the grid's clocks show something, `2026-11-24T09:00:00-07:00`: none where a clock change skips it, and
 * two, the first one first, where it is shown twice (SCH-02).
 */
export function instants(grid: Grid, clocks: number): string[] {
  const text = new Date(clocks).toISOString().slice(0, 19);
  const around = [-DAY_MILLISECONDS, DAY_MILLISECONDS].map((away) => offset(grid, new Date(clocks + away)));
  const there = (at: string): boolean => offset(grid, new Date(clocks - minutesOf(at) * 60_000)) === at;
  return [...new Set(around)].filter(there).map((at) => text + at);
}

/** Why there is no such time, as a command that is refused says it. */
export function skipped(grid: Grid, clocks: number): string {
  const text = new Date(clocks).toISOString();
  return `On ${dateText(text)} ${text.slice(0, 4)} the clocks skip ${timeOf(text)} in ${grid.zone}.`;
}

/** Two instants that the clocks show alike: `First 01:30 (MDT)` and `Second 01:30 (MST)`. */
export function twice(grid: Grid, both: readonly string[]): string[] {
  const named = new Intl.DateTimeFormat("en-US", { timeZone: grid.zone, timeZoneName: "short" });
  const name = (at: string): string => named.formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return both.map((at, fold) => `${fold ? "Second" : "First"} ${timeOf(at)} (${name(at)})`);
}

/** What the grid's clocks show at an instant that is told in another zone: `2026-11-24T09:00:00-07:00`. */
export function onGrid(grid: Grid, told: string): string {
  const at = offset(grid, new Date(told));
  return new Date(Date.parse(told) + minutesOf(at) * 60_000).toISOString().slice(0, 19) + at;
}

/** The date that the grid's clocks show now. */
export const todayOn = (grid: Grid): string => dateOf(onGrid(grid, new Date().toISOString()));

/** The offset in which the grid's clocks run, now or at another time: `-07:00`. */
export function offset(grid: Grid, at = new Date()): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: grid.zone, timeZoneName: "longOffset" }).formatToParts(at);
  const told = parts.find((part) => part.type === "timeZoneName")?.value.slice(3) ?? "";
  return told || "+00:00";
}

export function minutesOf(offset: string): number {
  const sign = offset.startsWith("-") ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Tue 24 Nov`, as the pages write it that the server makes. */
export function dateText(day: string): string {
  const date = new Date(`${dateOf(day)}T00:00Z`);
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `09:30`, by this machine's clock. */
export const timeText = (at: Date): string => at.toTimeString().slice(0, 5);

/** So many days after a local date. */
export const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);

/** The local date that a browser's own clock shows at a moment that the calendar handed out. */
export const localDate = (moment: Date): string =>
  new Date(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate())).toISOString().slice(0, 10);

/** `Tue 24 Nov, 09:00 to 10:30` */
export const periodText = (start: string, end: string): string =>
  `${dateText(start)}, ${timeOf(start)} to ${dateOf(end) === dateOf(start) ? "" : `${dateText(end)}, `}${timeOf(end)}`;
