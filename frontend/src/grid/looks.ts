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

/** The gravest of these, as short as it must be on a grid; and whether it is bad or a warning. */
function mark(grid: Grid, block: Block): [string, "bad" | "warn"] | undefined {
  const card = block.appointment;
  if (late(grid, block)) return ["Late", "bad"];
  if (card?.pending_reassignment) return ["Reassign", "warn"];
  if (card?.double_booked) return ["Double", "bad"];
  return card?.outside_working_hours ? ["Off hours", "warn"] : undefined;
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

export function content(grid: Grid, row: Row, block: Block): HTMLElement {
  const card = block.appointment;
  const when = periodText(block.start, block.end);
  if (!card) return h("span", { class: "inside", title: `${when}: busy` }, h("span", { class: "unseen" }, `${row.user.name}, ${when}: `), h("span", {}, "Busy"));
  const told = marks(grid, block);
  const aloud = [when, row.user.name, card.type, STATUS[card.status], ...told].join(", ");
  const [short, gravity] = mark(grid, block) ?? [];
  return h(
    "span",
    { class: "inside", "data-visit": card.id, title: [card.customer.name, when, card.type, ...told].join(" · ") },
    h("strong", {}, card.customer.name),
    h("span", { class: "unseen" }, `, ${aloud}`),
    h("span", { class: "type", "aria-hidden": "true" }, short && h("span", { class: `mark ${gravity}` }, short), `${short ? "" : timeOf(block.start)} ${card.type}`),
  );
}
