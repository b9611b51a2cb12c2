// What a dispatcher does to a visit on the board: each change answers at once, says why it is refused and what would fit, and
// can be undone (WEB-10).

import type { Schemas } from "../api";
import { ask, Refusal, tell } from "../api";
import { cures } from "../cures";
import type { DayGrid, Place, Visit } from "../grid/day_grid";
import { minutesBetween, onGrid, periodText } from "../grid/times";
import { say } from "../toasts";

type Appointment = Schemas["AppointmentView"];

/** A change, and the opposite one: told at the version that the first one made. */
interface Change {
  done: string;
  carry: () => Promise<Appointment>;
  undo?: (made: Appointment) => Promise<Appointment>;
}

export class Changes {
  #last: (() => Promise<void>) | undefined;
  readonly #own = new Set<string>();

  constructor(
    private readonly grid: DayGrid,
    /** Asks for some users' rows anew. */
    private readonly refresh: (users: readonly string[]) => Promise<void>,
  ) {}

  /** Whether a change that is told about was made here, and is shown already. */
  known(appointment: string | null | undefined, version: number | null | undefined): boolean {
    return this.#own.has(`${appointment}@${version}`);
  }

  move(visit: Visit, to: Place): Promise<boolean> {
    const { card, block, row } = visit;
    const minutes = minutesBetween(block.start, block.end);
    return this.#carry(visit, {
      done: `${card.customer.name} moved.`,
      carry: () => tell(`appointments/${card.id}/move`, to, card.version),
      undo: (made) => tell(`appointments/${card.id}/move`, { start: block.start, user: row.user.id }, made.version),
    }, { ...to, minutes });
  }

  resize(visit: Visit, minutes: number): Promise<boolean> {
    const { card, block, row } = visit;
    const before = minutesBetween(block.start, block.end);
    return this.#carry(visit, {
      done: `${card.customer.name} now takes ${minutes} minutes.`,
      carry: () => tell(`appointments/${card.id}/resize`, { minutes }, card.version),
      undo: (made) => tell(`appointments/${card.id}/resize`, { minutes: before }, made.version),
    }, { user: row.user.id, start: block.start, minutes });
  }

  cancel(visit: Visit, by: string, reason: string): Promise<boolean> {
    const { card } = visit;
    return this.#carry(visit, {
      done: `${card.customer.name}'s visit is cancelled.`,
      carry: () => tell(`appointments/${card.id}/cancel`, { by, reason }, card.version),
      undo: (made) => tell(`appointments/${card.id}/reinstate`, {}, made.version),
    });
  }

  reinstate(visit: Visit): Promise<boolean> {
    const { card } = visit;
    return this.#carry(visit, {
      done: `${card.customer.name}'s visit is planned again.`,
      carry: () => tell(`appointments/${card.id}/reinstate`, {}, card.version),
    });
  }

  /** Undoes the last change that was made here, if it can be. */
  async undo(): Promise<void> {
    const last = this.#last;
    this.#last = undefined;
    if (last) await last();
    else say("There is nothing to undo.");
  }

  async #carry(visit: Visit, change: Change, wish?: Place & { minutes: number }): Promise<boolean> {
    try {
      const made = await change.carry();
      this.#shown(visit, made);
      const undo = change.undo && this.#once(() => this.#undo(visit, made, change));
      this.#last = undo;
      const when = `${made.user.name}, ${periodText(...this.#here(made))}`;
      say(`${change.done} ${when}.`, undo ? [{ label: "Undo", run: undo }] : []);
      return true;
    } catch (error) {
      await this.#refused(visit, error, wish);
      return false;
    }
  }

  /** Each confirmation undoes what it confirms, and the keys what was done last: together once. */
  #once(undo: () => Promise<void>): () => Promise<void> {
    let open = true;
    const once = async (): Promise<void> => {
      if (this.#last === once) this.#last = undefined;
      if (!open) return void say("That is undone already.");
      open = false;
      await undo();
    };
    return once;
  }

  async #undo(visit: Visit, made: Appointment, change: Change): Promise<void> {
    try {
      const back = await change.undo?.(made);
      if (!back) return;
      this.#shown(visit, back);
      say(`Undone: ${back.customer.name} is with ${back.user.name} again, ${periodText(...this.#here(back))}.`);
    } catch (error) {
      const refusal = asRefusal(error);
      const why = refusal.stale ? ["Somebody has changed this visit since. It was not undone."] : refusal.sentences;
      say(["This could not be undone.", ...why].slice(refusal.stale ? 1 : 0), [], true);
      await this.refresh([visit.row.user.id, made.user.id]);
    }
  }

  #shown(visit: Visit, made: Appointment): void {
    this.#own.add(`${made.id}@${made.version}`);
    const { version, status, minutes, pending_reassignment, double_booked, outside_working_hours, expected_start } = made;
    const facts = { version, status, minutes, pending_reassignment, double_booked, outside_working_hours, expected_start };
    this.grid.put(made.id, made.user.id, ...this.#here(made), facts);
    // What stands beside it may be late no more, or be late now.
    void this.refresh([visit.row.user.id, made.user.id]);
  }

  /** When it is, as the grid tells it: commands answer in the zone of the visit's location. */
  #here({ start, end }: Appointment): [string, string] {
    const view = this.grid.grid;
    return view ? [onGrid(view, start), onGrid(view, end)] : [start, end];
  }

  async #refused(visit: Visit, error: unknown, wish?: Place & { minutes: number }): Promise<void> {
    const refusal = asRefusal(error);
    if (refusal.stale) {
      say("Somebody else has just changed this visit. It is shown as it is now.", [], true);
      return this.refresh([visit.row.user.id, ...(wish ? [wish.user] : [])]);
    }
    const near = wish && refusal.status === 422 ? await this.#cures(visit, wish) : { cures: [], sentence: null };
    const actions = near.cures.map((cure) => ({
      label: cure.label,
      run: () => this.instead(visit, { ...wish, ...cure } as Place & { minutes: number }),
    }));
    say([...refusal.sentences, ...(near.sentence ? [near.sentence] : [])], actions, true);
  }

  async #cures(visit: Visit, wish: Place & { minutes: number }): ReturnType<typeof cures> {
    const { id, customer } = visit.card;
    const now = await ask<Appointment>(`appointments/${id}`).catch(() => undefined);
    if (!now) return { cures: [], sentence: null };
    return cures({ ...wish, customer: customer.id, type: now.type.id, moving: id }, this.grid.grid);
  }

  /** What would fit: where user, start and duration all change, they are changed together. */
  instead(visit: Visit, wish: Place & { minutes: number }): Promise<boolean> {
    const { card, block, row } = visit;
    const before = { user: row.user.id, start: block.start, minutes: minutesBetween(block.start, block.end) };
    return this.#carry(visit, {
      done: `${card.customer.name} changed.`,
      carry: () => edit(card.id, wish, card.version),
      undo: (made) => edit(card.id, before, made.version),
    }, wish);
  }
}

const edit = (id: string, { user, start, minutes }: Place & { minutes: number }, version: number): Promise<Appointment> =>
  tell(`appointments/${id}`, { user, start, minutes }, version, "PATCH");

export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(0, ["Something went wrong on this page. Load it again."]);
