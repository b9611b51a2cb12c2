// What would make a refused time fit: the smallest change, from the explanation of the same rules (SCH-28).

import type { Schemas } from "./api";
import { ask } from "./api";
import { dateText, timeOf } from "./grid/times";

type Fit = Schemas["FitView"];

export interface Wish {
  user: string;
  start: string;
  minutes: number;
  customer: string;
  type: string;
  moving?: string;
}

export interface Cure {
  /** What would be done: `At 10:30 instead`. */
  label: string;
  start?: string;
  minutes?: number;
}

/** The changes that would make it fit; none where nothing small would, or nobody may know. */
export async function cures(wish: Wish): Promise<{ cures: Cure[]; sentence: string | null }> {
  const fit = await ask<Fit>("explain", { ...wish }).catch(() => undefined);
  const change = fit?.change;
  if (!change) return { cures: [], sentence: null };
  const found: Cure[] = [];
  if (change.start) found.push({ label: `${dateText(change.start)} at ${timeOf(change.start)} instead`, start: change.start });
  if (change.minutes) found.push({ label: `${change.minutes} minutes instead`, minutes: change.minutes });
  const radius = change.radius && `It would fit if ${fit.user.name} covered ${change.radius.text} more.`;
  return { cures: found, sentence: radius || null };
}
