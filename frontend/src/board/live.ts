// The changes of other dispatchers, as they are committed, in whichever process (API-06).

import type { Schemas } from "../api";
import { at } from "../api";

type Change = Schemas["GridChangeView"];

export interface Told {
  /** These users' time has changed. */
  changed(users: readonly string[]): void;
  /** Nobody knows what has: everything is to be asked for anew. */
  reset(): void;
  /** Whether the stream stands. */
  standing(stands: boolean): void;
}

const GATHER = 120;
const AWAY = 2_000;
const AGAIN = 5_000;

/** Listens until it is told to stop; a stream that breaks goes on where it broke. */
export function listen(from: string, days: number, known: (change: Change) => boolean, told: Told): () => void {
  const stream = new EventSource(at("grid/events", { from, days }));
  const users = new Set<string>();
  let timer = 0;
  stream.addEventListener("change", (event) => {
    const change = JSON.parse(event.data as string) as Change;
    if (known(change)) return;
    users.add(change.user);
    timer ||= window.setTimeout(() => {
      timer = 0;
      told.changed([...users]);
      users.clear();
    }, GATHER);
  });
  stream.addEventListener("reset", () => told.reset());
  // Who has just logged out is already on their way elsewhere; asking again leads the others to the login.
  stream.addEventListener("end", () => setTimeout(() => told.reset(), AWAY));
  stream.addEventListener("open", () => told.standing(true));
  let again = 0;
  stream.addEventListener("error", () => {
    told.standing(false);
    // A refusal ends it for good, such as that of a gateway while the server starts.
    if (stream.readyState === EventSource.CLOSED) again = window.setTimeout(() => told.reset(), AGAIN);
  });
  return () => {
    clearTimeout(timer);
    clearTimeout(again);
    stream.close();
  };
}
