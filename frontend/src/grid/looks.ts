// What a visit looks like on a grid, and how it is read aloud.

import type { Schemas } from "../api";
import { h } from "../dom";
import { clock, minutesOf, offset, periodText, timeOf } from "./times";

type Grid = Schemas["GridView"];
export type Row = Schemas["GridRow"];
export type Block = Schemas["BlockView"];
export type Card = Schemas["CardView"];

const STATUS: Record<Schemas["Status"], string> = {
  scheduled: "Scheduled",
  en_route: "On the way",
  on_site: "On site",
  completed: "Completed",
  cancelled: "Cancelled",
  no_show: "No show",
};

export const statusText = (status: Schemas["Status"]): string => STATUS[status];

/** Its start has passed, and nobody is there (APT-26); or the visit before takes so long that nobody can be (APT-24). */
export function late(grid: Grid, block: Block, now = Date.now()): boolean {
  const card = block.appointment;
  if (!card || (card.status !== "scheduled" && card.status !== "en_route")) return false;
  const clocks = clock(new Date(now + minutesOf(offset(grid)) * 60_000).toISOString());
  return card.expected_start !== null || clock(block.start) < clocks;
}

/** What stands out of a visit: `Late`, `Needs another time`. */
export function marks(grid: Grid, block: Block): string[] {
  const card = block.appointment;
  if (!card) return [];
  return [
    late(grid, block) && (card.expected_start ? `Late, expected ${timeOf(card.expected_start)}` : "Late"),
    card.pending_reassignment && "Needs another time or technician",
    card.double_booked && "Double-booked",
    card.outside_working_hours && !card.pending_reassignment && "Outside working hours",
  ].filter((each) => each !== false);
}

export function classes(grid: Grid, block: Block): string[] {
  const card = block.appointment;
  if (!card) return ["busy"];
  return [
    "visit",
    card.status,
    ...(late(grid, block) ? ["late"] : []),
    ...(card.pending_reassignment ? ["pending"] : []),
    ...(card.double_booked ? ["doubled"] : []),
  ];
}

export function content(grid: Grid, row: Row, block: Block): Node[] {
  const card = block.appointment;
  if (!card) return [h("span", { class: "unseen" }, `${row.user.name}, ${periodText(block.start, block.end)}: `), h("span", {}, "Busy")];
  const told = marks(grid, block);
  const aloud = [
    `${periodText(block.start, block.end)}, ${row.user.name}, ${card.type}, ${STATUS[card.status]}`,
    ...told,
  ].join(", ");
  return [
    h("strong", { title: [card.customer.name, card.type, ...told].join(" · ") }, card.customer.name),
    h("span", { class: "unseen" }, `, ${aloud}`),
    h("span", { class: "type", "aria-hidden": "true" }, `${timeOf(block.start)} ${card.type}`),
    ...(told.length ? [h("span", { class: "mark", "aria-hidden": "true" }, told[0]?.split(",")[0])] : []),
  ];
}
