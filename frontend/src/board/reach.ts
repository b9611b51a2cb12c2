// Who may visit whom, while one drags: asked of the grid itself, afresh for each drag, with the visit's kind and customer
// (SCH-17), and under the list mode that is chosen for this tab (SCH-23).

import type { Query, Schemas } from "../api";
import { ask, company, Refusal } from "../api";
import type { DayGrid } from "../grid/day_grid";

type Grid = Schemas["GridView"];
export type Mode = Schemas["ListMode"];

const MODE = `fieldops.board.mode.${company}`;

export class Reaching {
  #asked: AbortController | undefined;
  #mode = sessionStorage.getItem(MODE) as Mode | null;
  readonly #select: HTMLSelectElement;

  constructor(
    private readonly grid: DayGrid,
    /** Where the list mode is chosen: hidden until the company's are known. */
    private readonly choice: HTMLElement,
    /** Whom the board shows, as a grid is asked for them. */
    private readonly shown: () => Query,
  ) {
    this.#select = choice.querySelector("select") as HTMLSelectElement;
    this.#select.addEventListener("change", (event) => {
      event.stopPropagation();
      this.#keep(this.#select.value as Mode);
    });
  }

  /** None: the company's first. */
  get mode(): Mode | null {
    return this.#mode;
  }

  /** Greys who may not visit a customer, and says how far the others start from there; with nothing, about nobody. */
  async about(customer?: string, kind?: string): Promise<void> {
    this.#asked?.abort();
    this.#asked = undefined;
    if (!customer) return this.grid.cover(undefined);
    const asked = (this.#asked = new AbortController());
    const view = await this.#ask(customer, kind, asked.signal);
    if (!view || asked.signal.aborted) return;
    this.#offer(view.mode);
    this.grid.cover(new Map(view.rows.map((row) => [row.user.id, { valid: row.valid === true, distance: row.distance?.text ?? "" }])));
  }

  /** Which list modes there are is told with a customer: of one on the board it is asked before somebody chooses. */
  async offer(): Promise<void> {
    const blocks = this.grid.grid?.rows.flatMap((row) => row.blocks) ?? [];
    const known = this.choice.hidden && blocks.find((block) => block.appointment)?.appointment?.customer.id;
    if (known) this.#offer((await this.#ask(known, "tech"))?.mode ?? null);
  }

  async #ask(customer: string, kind?: string, signal?: AbortSignal): Promise<Grid | undefined> {
    const from = this.grid.grid?.days[0]?.date;
    const question = { ...this.shown(), from, days: 1, customer, kind, mode: this.#mode };
    return ask<Grid>("grid", question, signal).catch((error: unknown) => {
      const gone = error instanceof Refusal && error.violations.some((each) => each.code === "list_mode.not_offered");
      if (gone) this.#keep(null);
      return undefined;
    });
  }

  #keep(mode: Mode | null): void {
    this.#mode = mode;
    if (mode) sessionStorage.setItem(MODE, mode);
    else sessionStorage.removeItem(MODE);
  }

  #offer(mode: Grid["mode"]): void {
    if (!mode) return;
    for (const option of [...this.#select.options]) if (!mode.offered.includes(option.value as Mode)) option.remove();
    this.#select.value = mode.asked;
    this.choice.hidden = mode.offered.length < 2;
  }
}
