// The work to perform of a work order, chosen in its table (EQP-02, EQP-03). What a box does to the others the server says.

import { ask, asRefusal, tell, type Schemas } from "../api";
import { element, h } from "../dom";

type Table = Schemas["WorkTableView"];
type Row = Table["rows"][number];
type Action = Schemas["WorkAction"];

const section = element("#work-section");
const [place, problem] = [element("[data-table]", section), element("[data-problem]", section)];
const [change, save, cancel] = [element("[data-change]", section), element("[data-save]", section), element("[data-cancel]", section)];
const path = `work_orders/${section.dataset.workOrder ?? ""}`;
const shown = [...place.childNodes];
let table: Table | undefined;
// That of the table as it was opened: what somebody else saves meanwhile is not overwritten.
let version: number | undefined;

const word = (action: Action): string => action.charAt(0).toUpperCase() + action.slice(1);
const rows = (): Schemas["WorkRowBody"][] =>
  (table?.rows ?? []).map((each) => ({ equipment: each.equipment.id, actions: each.actions }));

function box(action: Action, on: boolean, open: boolean, name: string, equipment?: string): HTMLElement {
  const id = `work-${action}-${equipment ?? "all"}`;
  const input = h("input", { type: "checkbox", id, "aria-label": name, disabled: !open, onchange: () => void toggle(action, input.checked, id, equipment) });
  input.checked = on;
  return input;
}

function cell(row: Row, action: Action): HTMLElement {
  if (row.done.includes(action)) return h("td", {}, h("span", { class: "badge good" }, "Done"));
  const on = row.actions.includes(action);
  if (!on && !row.offers.includes(action)) return h("td", {}, h("span", { class: "hint", "aria-hidden": "true" }, "–"));
  return h("td", {}, box(action, on, true, `${word(action)} ${row.equipment.item.name}`, row.equipment.id));
}

function draw(told: Table, focus?: string): void {
  table = told;
  const heads = told.headers.map(({ action, on, eligible }) =>
    h("th", { scope: "col" }, h("span", { class: "choice" }, box(action, on, eligible > 0, `${word(action)} all`), `${word(action)} all`)),
  );
  const lines = told.rows.map((row) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, row.equipment.item.name, h("br"), h("span", { class: "hint" }, [row.equipment.serial, row.equipment.place].filter(Boolean).join(", "))),
      ...told.headers.map(({ action }) => cell(row, action)),
    ),
  );
  place.replaceChildren(
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Equipment"), ...heads)), h("tbody", {}, ...lines)),
    h("p", { class: "hint", role: "status" }, told.summary || "Nothing is to be done."),
  );
  if (focus) document.getElementById(focus)?.focus();
}

async function toggle(action: Action, on: boolean, id: string, equipment?: string): Promise<void> {
  await tried(async () => draw(await tell<Table>(`${path}/toggle`, { rows: rows(), action, on, equipment: equipment ?? null }), id));
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: each begins with what the one before answered. */
function tried(what: () => Promise<void>): Promise<void> {
  const turn = last.then(() => carried(what));
  last = turn.catch(() => undefined);
  return turn;
}

async function carried(what: () => Promise<void>): Promise<void> {
  try {
    await what();
    problem.hidden = true;
  } catch (error) {
    const { stale, message } = asRefusal(error);
    problem.textContent = stale ? "Somebody changed it meanwhile. Load the page again." : message;
    problem.hidden = false;
    if (table) draw(table);
  }
}

function turn(changing: boolean): void {
  change.hidden = changing;
  save.hidden = cancel.hidden = !changing;
}

change.addEventListener("click", () =>
  void tried(async () => {
    const told = await ask<Table>(`${path}/work_to_perform`);
    version = told.version;
    draw(told);
    turn(true);
    place.querySelector<HTMLElement>("input:enabled")?.focus();
  }),
);
cancel.addEventListener("click", () =>
  void tried(async () => {
    table = undefined;
    place.replaceChildren(...shown);
    turn(false);
    change.focus();
  }),
);
save.addEventListener("click", () =>
  void tried(async () => {
    await tell(`${path}/work_to_perform`, { rows: rows() }, version, "PUT");
    location.reload();
  }),
);
turn(false);
