// What would make a refused time fit: the smallest change, from the explanation of the same rules (SCH-28).

import type { Schemas } from "./api";
import { ask } from "./api";
import { dateText, onGrid, timeOf } from "./grid/times";

type Fit = Schemas["FitView"];

export interface Wish {
  user: string;
  start: string;
  minutes: number;
  customer: string;
  type: string;
  moving?: string;
  mode?: string | null;
}

export interface Cure {
  /** What would be done: `At 10:30 instead`. */
  label: string;
  start?: string;
  minutes?: number;
}

/** The changes that would make it fit, told as a grid does; none where nothing small would, or nobody may know. */
export async function cures(wish: Wish, grid?: Schemas["GridView"]): Promise<{ cures: Cure[]; sentence: string | null }> {
  const fit = await ask<Fit>("explain", { ...wish }).catch(() => undefined);
  const change = fit?.change;
  if (!change) return { cures: [], sentence: null };
  const found: Cure[] = [];
  const start = change.start && grid ? onGrid(grid, change.start) : change.start;
  if (start) found.push({ label: `${dateText(start)} at ${timeOf(start)} instead`, start });
  if (change.minutes) found.push({ label: `${change.minutes} minutes instead`, minutes: change.minutes });
  const radius = change.radius && `It would fit if ${fit.user.name} covered ${change.radius.text} more.`;
  return { cures: found, sentence: radius || null };
}
