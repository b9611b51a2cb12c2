// What a grid shows is kept as it is (API-06): asked for whole, then row by row as others change it, in whichever process.
//
// The stream is opened before anything is asked, so that nothing falls between them. One question is under way at a time: no
// older answer comes after a newer one, and what changes meanwhile is asked for next.

import type { Schemas } from "../api";
import { asRefusal, at } from "../api";
import type { Refusal } from "../api";

type Change = Schemas["GridChangeView"];
type Row = Schemas["GridRow"];

/** What is kept: how it is asked for and shown. */
export interface Kept {
  /** The days to listen to, from a date on; from none: from today. */
  readonly days: () => { from: string; days: number };
  /** Asks for everything, and shows it. */
  readonly whole: (signal: AbortSignal) => Promise<void>;
  /** Asks for some users' rows. */
  readonly rows: (users: readonly string[], signal: AbortSignal) => Promise<readonly Row[]>;
  readonly update: (rows: readonly Row[]) => void;
  /** Whether a change is shown already. */
  readonly known: (change: Change) => boolean;
  /** Since when what is shown may be old; undefined: it is not. */
  readonly standing: (since: Date | undefined) => void;
  /** What would be refused again. Where one may not see it any more, nothing is asked again by itself. */
  readonly refused: (refusal: Refusal) => void;
}

const GATHER = 120;
const OPENING = 1_000;
/** A stream ends now and then, and comes again: this long nobody is told. */
const GRACE = 4_000;
const AWAY = 2_000;
const LONGEST = 30_000;

export class Live {
  #stream: EventSource | undefined;
  #asking: AbortController | undefined;
  #run: Promise<void> = Promise.resolve();
  #all = false;
  readonly #changed = new Set<string>();
  #looks = 0;
  #failures = 0;
  #unanswered = false;
  #since: Date | undefined;
  #soon = 0;
  #again = 0;
  #telling = 0;

  constructor(readonly kept: Kept) {
    // A browser opens few connections to one server: pages that nobody looks at listen to nothing.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return void (this.#looks && this.look());
      this.#rest();
      this.#hush();
    });
  }

  /** Shows what is to be shown now, and keeps it as it is from then on. */
  async look(): Promise<void> {
    this.#rest();
    const mine = ++this.#looks;
    if (!document.hidden) await this.#listen();
    if (mine !== this.#looks) return;
    this.#all = true;
    await this.#ask();
  }

  /** Asks for some users' rows anew. */
  async refresh(users: readonly string[]): Promise<void> {
    for (const user of users) this.#changed.add(user);
    await this.#ask();
  }

  #rest(): void {
    for (const timer of [this.#soon, this.#again]) clearTimeout(timer);
    this.#soon = this.#again = 0;
    this.#stream?.close();
    this.#stream = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** Until the stream stands, or cannot: what is asked for then is newer than where it begins. */
  #listen(): Promise<void> {
    const { from, days } = this.kept.days();
    const stream = (this.#stream = new EventSource(at("grid/events", { from: from || null, days })));
    stream.addEventListener("change", (event) => this.#hear(JSON.parse(event.data as string) as Change));
    stream.addEventListener("reset", () => void this.#anew());
    // Who has just logged out is already on their way elsewhere; asking again leads the others to the login.
    stream.addEventListener("end", () => (this.#again = window.setTimeout(() => void this.look(), AWAY)));
    let [stood, waited] = [false, false];
    return new Promise((resolve) => {
      const go = (): void => {
        waited = true;
        resolve();
      };
      stream.addEventListener("open", () => {
        this.#stand();
        // What was not waited with may be older than where the stream begins; once it has stood, it goes on where it broke.
        if (waited && !stood) void this.#anew();
        stood = true;
        go();
      });
      stream.addEventListener("error", () => {
        if (stream === this.#stream) this.#fall();
        go();
      });
      setTimeout(go, OPENING);
    });
  }

  #hear(change: Change): void {
    if (this.kept.known(change)) return;
    this.#changed.add(change.user);
    this.#soon ||= window.setTimeout(() => {
      this.#soon = 0;
      void this.#ask();
    }, GATHER);
  }

  #anew(): Promise<void> {
    this.#all = true;
    return this.#ask();
  }

  #ask(): Promise<void> {
    if (this.#asking) return this.#run;
    const asking = (this.#asking = new AbortController());
    this.#run = this.#answered(asking.signal).finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    return this.#run;
  }

  /** Asks until nothing is left that has changed. */
  async #answered(signal: AbortSignal): Promise<void> {
    while (this.#all || this.#changed.size) {
      const users = this.#all ? undefined : [...this.#changed];
      this.#all = false;
      this.#changed.clear();
      try {
        if (users) {
          const rows = await this.kept.rows(users, signal);
          if (!signal.aborted) this.kept.update(rows.filter((row) => !this.#changed.has(row.user.id)));
        } else await this.kept.whole(signal);
        if (signal.aborted) return;
        this.#unanswered = false;
        this.#stand();
      } catch (error) {
        if (signal.aborted) return;
        const refusal = asRefusal(error);
        if (refusal.forbidden) this.#stop();
        if (!passing(refusal)) return this.kept.refused(refusal);
        if (users) for (const user of users) this.#changed.add(user);
        else this.#all = true;
        this.#unanswered = true;
        return this.#fall();
      }
    }
  }

  /** Everything stands again that was missing. */
  #stand(): void {
    if (this.#unanswered || (this.#stream && this.#stream.readyState !== EventSource.OPEN)) return;
    this.#failures = 0;
    this.#told();
  }

  /** Asks for nothing more by itself. */
  #stop(): void {
    this.#rest();
    this.#told();
  }

  #told(): void {
    this.#hush();
    if (this.#since) this.kept.standing(undefined);
    this.#since = undefined;
  }

  #hush(): void {
    clearTimeout(this.#telling);
    this.#telling = 0;
  }

  /** Something is missing: it is asked for again after a while, and the longer it lasts, the more seldom. */
  #fall(): void {
    this.#since ??= new Date();
    this.#telling ||= window.setTimeout(() => this.#since && this.kept.standing(this.#since), GRACE);
    // Of a stream that breaks, the browser itself asks again. A refusal ends it, such as that of a gateway.
    if (!this.#unanswered && this.#stream?.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.#again);
    const pause = Math.min(LONGEST, AWAY * 2 ** this.#failures++);
    this.#again = window.setTimeout(() => void this.look(), pause);
  }
}

/** Whether it may be answered later: it is the way there that failed, or the server had too much to do. */
const passing = ({ status }: Refusal): boolean => status === 0 || status === 408 || status === 429 || status >= 500;
