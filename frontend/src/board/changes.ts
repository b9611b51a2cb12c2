// What a dispatcher does to a visit on the board: each change is shown at once, says why it is refused and what would fit, and
// can be undone (WEB-10).

import type { Schemas } from "../api";
import { ask, asRefusal, tell } from "../api";
import type { Refusal } from "../api";
import { cures } from "../cures";
import type { DayGrid, Place, Visit } from "../grid/day_grid";
import { statusText } from "../grid/looks";
import { minutesBetween, onGrid, periodText } from "../grid/times";
import { say } from "../toasts";

type Appointment = Schemas["AppointmentView"];
type Mode = Schemas["ListMode"];

interface Wish extends Place {
  minutes: number;
}

/** So long is the answer waited for before a wish is drawn: most come sooner, and one is told before all is drawn anew. */
const UNANSWERED = 500;

/** Where a visit is, and at which version. */
interface State extends Wish {
  version: number;
}

/** A change, and the opposite one: told at the version that the first one made. */
interface Change {
  done: string;
  carry: (now: State) => Promise<Appointment>;
  undo: (made: Appointment, before: State) => Promise<Appointment>;
  /** Where it is to be. */
  wish?: Wish;
  /** What follows once it is done, by itself or by something else that fits. */
  after?: (() => unknown) | undefined;
}

export interface Surroundings {
  /** The list mode under which technicians are chosen (SCH-23). */
  mode?(): Mode | null;
}

export class Changes {
  #last: (() => Promise<void>) | undefined;
  /** What was answered here: the versions that lead to where a visit is. */
  readonly #own = new Map<string, { versions: number[]; now: State }>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly grid: DayGrid,
    /** Asks for some users' rows anew. */
    private readonly refresh: (users: readonly string[]) => Promise<void>,
    private readonly around: Surroundings = {},
  ) {}

  get mode(): Mode | null {
    return this.around.mode?.() ?? null;
  }

  /** Whether a change that is told about was made here, and is shown already. */
  known(appointment: string | null | undefined, version: number | null | undefined): boolean {
    return this.#own.get(appointment ?? "")?.versions.includes(version ?? 0) ?? false;
  }

  move(visit: Visit, to: Place, after?: () => unknown): Promise<boolean> {
    const { id, customer } = visit.card;
    const minutes = minutesBetween(visit.block.start, visit.block.end);
    return this.#carry(visit, {
      done: `${customer.name} moved.`,
      carry: ({ version }) => tell(`appointments/${id}/move`, { ...to, mode: this.mode }, version),
      undo: (made, { start, user }) => tell(`appointments/${id}/move`, { start, user, mode: this.mode }, made.version),
      wish: { ...to, minutes },
      after,
    });
  }

  resize(visit: Visit, minutes: number, after?: () => unknown): Promise<boolean> {
    const { id, customer } = visit.card;
    return this.#carry(visit, {
      done: `${customer.name} now takes ${minutes} minutes.`,
      carry: ({ version }) => tell(`appointments/${id}/resize`, { minutes }, version),
      undo: (made, before) => tell(`appointments/${id}/resize`, { minutes: before.minutes }, made.version),
      wish: { user: visit.row.user.id, start: visit.block.start, minutes },
      after,
    });
  }

  /** What would fit: where user, start and duration all change, they are changed together. */
  instead(visit: Visit, wish: Wish, after?: () => unknown): Promise<boolean> {
    const { id, customer } = visit.card;
    const edit = ({ user, start, minutes }: Wish, version: number): Promise<Appointment> =>
      tell(`appointments/${id}`, { user, start, minutes, mode: this.mode }, version, "PATCH");
    return this.#carry(visit, {
      done: `${customer.name} changed.`,
      carry: ({ version }) => edit(wish, version),
      undo: (made, before) => edit(before, made.version),
      wish,
      after,
    });
  }

  cancel(visit: Visit, by: string, reason: string, after?: () => unknown): Promise<boolean> {
    const { id, customer } = visit.card;
    return this.#carry(visit, {
      done: `${customer.name}'s visit is cancelled.`,
      carry: ({ version }) => tell(`appointments/${id}/cancel`, { by, reason }, version),
      undo: (made) => tell(`appointments/${id}/reinstate`, {}, made.version),
      after,
    });
  }

  /** Plans a visit again that was cancelled, or where nobody showed; undone, it is what it was. */
  reinstate(visit: Visit): Promise<boolean> {
    const { id, customer } = visit.card;
    let before: Appointment | undefined;
    return this.#carry(visit, {
      done: `${customer.name}'s visit is planned again.`,
      carry: async ({ version }) => {
        before = await ask<Appointment>(`appointments/${id}`);
        return tell(`appointments/${id}/reinstate`, {}, version);
      },
      undo: (made) =>
        before?.status === "no_show"
          ? tell(`appointments/${id}/status`, { status: "no_show" }, made.version)
          : tell(`appointments/${id}/cancel`, { by: before?.cancelled_by ?? "company", reason: before?.cancellation_reason ?? "" }, made.version),
    });
  }

  /** Books a visit; undone, it is cancelled. A refusal is raised: the form that was filled in shows it. */
  async book(wish: object): Promise<Appointment> {
    const made = await tell<Appointment>("appointments", { ...wish, mode: this.mode });
    this.booked(made);
    return made;
  }

  /** Tells that it is booked, here or by the form, and offers to undo it. */
  booked(made: Appointment): void {
    this.#confirm(made, this.#answered(made), {
      done: `${made.customer.name} is booked with`,
      carry: () => Promise.resolve(made),
      undo: ({ id, version }) => tell(`appointments/${id}/cancel`, { by: "company", reason: "The booking was undone." }, version),
    });
  }

  /** Undoes the last change that was made here, if it can be. */
  async undo(): Promise<void> {
    const last = this.#last;
    this.#last = undefined;
    if (last) await last();
    else say("There is nothing to undo.");
  }

  async #carry(visit: Visit, change: Change): Promise<boolean> {
    const { id } = visit.card;
    this.#noted(visit);
    if (change.wish) this.#put(id, change.wish, UNANSWERED);
    try {
      await this.#inTurn(id, async () => {
        const before = this.#noted(visit);
        const made = await change.carry(before);
        this.#shown(before, made);
        this.#confirm(made, before, change);
      });
      change.after?.();
      return true;
    } catch (error) {
      const refusal = asRefusal(error);
      if (change.wish && !refusal.stale && !this.#turns.has(id)) this.#put(id, this.#noted(visit));
      await this.#refused(visit, change, refusal);
      return false;
    }
  }

  /** One command at a time for a visit: the next one is told at the version that the one before answered. */
  async #inTurn(id: string, run: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).catch(() => undefined).then(run);
    this.#turns.set(id, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  #confirm(made: Appointment, before: State, change: Change): void {
    const undo = this.#once(() => this.#undo(made, before, change));
    this.#last = undo;
    say(`${change.done} ${made.user.name}, ${periodText(...this.#here(made))}.`, [{ label: "Undo", run: undo }]);
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

  async #undo(made: Appointment, before: State, change: Change): Promise<void> {
    try {
      await this.#inTurn(made.id, async () => {
        const back = await change.undo(made, before);
        this.#shown(this.#own.get(made.id)?.now ?? before, back);
        const over = back.status === "cancelled" || back.status === "no_show";
        const now = over ? `'s visit: ${statusText(back.status)}` : ` is with ${back.user.name} again, ${periodText(...this.#here(back))}`;
        say(`Undone: ${back.customer.name}${now}.`);
      });
    } catch (error) {
      const refusal = asRefusal(error);
      say(refusal.stale ? "This visit has been changed since. It was not undone." : ["This could not be undone.", ...refusal.sentences], [], true);
      await this.refresh([before.user, made.user.id]);
    }
  }

  #shown(before: State, made: Appointment): void {
    this.#answered(made);
    const { version, status, minutes, pending_reassignment, double_booked, outside_working_hours, expected_start } = made;
    const facts = { version, status, minutes, pending_reassignment, double_booked, outside_working_hours, expected_start };
    this.grid.put(made.id, made.user.id, ...this.#here(made), facts);
    // What stands beside it may be late no more, or be late now.
    void this.refresh([before.user, made.user.id]);
  }

  #answered(made: Appointment): State {
    const [start, end] = this.#here(made);
    const now = { user: made.user.id, start, minutes: minutesBetween(start, end), version: made.version };
    this.#own.set(made.id, { versions: [...(this.#own.get(made.id)?.versions ?? []), made.version], now });
    return now;
  }

  /** Where a visit is, by what was answered here since it was shown so. */
  #noted({ row, block, card }: Visit): State {
    const own = this.#own.get(card.id);
    if (own?.versions.includes(card.version)) return own.now;
    const now = { user: row.user.id, start: block.start, minutes: minutesBetween(block.start, block.end), version: card.version };
    this.#own.set(card.id, { versions: [card.version], now });
    return now;
  }

  #put(id: string, { user, start, minutes }: Wish, within?: number): void {
    const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
    this.grid.put(id, user, start, this.grid.grid ? onGrid(this.grid.grid, end) : end, {}, within);
  }

  /** When it is, as the grid tells it: commands answer in the zone of the visit's location. */
  #here({ start, end }: Appointment): [string, string] {
    const view = this.grid.grid;
    return view ? [onGrid(view, start), onGrid(view, end)] : [start, end];
  }

  async #refused(visit: Visit, { wish, after }: Change, refusal: Refusal): Promise<void> {
    if (refusal.stale) {
      say("Somebody else has just changed this visit. It is shown as it is now.", [], true);
      return this.refresh([visit.row.user.id, ...(wish ? [wish.user] : [])]);
    }
    const near = wish && refusal.status === 422 ? await this.#cures(visit, wish) : { cures: [], sentence: null };
    const actions = near.cures.map((cure) => ({
      label: cure.label,
      run: () => this.instead(visit, { ...wish, ...cure } as Wish, after),
    }));
    say([...refusal.sentences, ...(near.sentence ? [near.sentence] : [])], actions, true);
  }

  async #cures(visit: Visit, wish: Wish): ReturnType<typeof cures> {
    const { id, customer } = visit.card;
    const now = await ask<Appointment>(`appointments/${id}`).catch(() => undefined);
    if (!now) return { cures: [], sentence: null };
    return cures({ ...wish, customer: customer.id, type: now.type.id, moving: id, mode: this.mode }, this.grid.grid);
  }
}
