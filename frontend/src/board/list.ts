// The day as a list: the same visits by user, for narrow screens and for who reads line by line.

import type { Schemas } from "../api";
import { company, offered } from "../api";
import { h } from "../dom";
import type { Visit } from "../grid/day_grid";
import { classes, marks, statusText } from "../grid/looks";
import { dateText, timeOf } from "../grid/times";

type Grid = Schemas["GridView"];

export function drawList(place: HTMLElement, grid: Grid, open: (visit: Visit) => void): void {
  const several = grid.days.length > 1;
  place.replaceChildren(
    ...grid.rows.map((row) =>
      h(
        "article",
        { class: "list-user" },
        h("h2", { id: `user-${row.user.id}` }, row.user.name, h("span", { class: "hint" }, ` ${hours(grid, row)}`)),
        h(
          "ul",
          {},
          ...row.blocks.map((block) => {
            const card = block.appointment;
            const time = `${several ? `${dateText(block.start)} ` : ""}${timeOf(block.start)} to ${timeOf(block.end)}`;
            if (!card) return h("li", {}, `${time}, busy`);
            const text = [card.customer.name, card.type, statusText(card.status)].join(" · ");
            const stands = marks(grid, block).map((each) => h("span", { class: "badge bad" }, each));
            const choose = (): void => open({ row, block, card });
            return h("li", { class: classes(grid, block).join(" ") }, h("button", { type: "button", class: "quiet", onclick: choose }, h("strong", {}, time), ` ${text}`), ...stands);
          }),
        ),
        !row.blocks.length && h("p", { class: "hint" }, "No visits."),
        offered("appointments/new") && h("a", { href: `/app/${company}/appointments/new?user=${row.user.id}&date=${grid.days[0]?.date ?? ""}` }, "Book a visit", h("span", { class: "unseen" }, ` with ${row.user.name}`)),
      ),
    ),
  );
}

function hours(grid: Grid, row: Schemas["GridRow"]): string {
  if (row.absent.length) return "away";
  if (!row.working.length) return "not working";
  return grid.days.length > 1 ? "" : row.working.map((each) => `${timeOf(each.start)} to ${timeOf(each.end)}`).join(", ");
}
