// The HTTP API, as pages of a session use it: the same operations that programs call.

import type { components } from "./schema";
import { adopt, company, over, token } from "./session";

export type Schemas = components["schemas"];
export type Violation = Schemas["Violation"];

type Value = string | number | boolean | null | undefined;
export type Query = Record<string, Value | readonly Value[]>;

export { company };

/** Whether the menu offers these pages: who may not list users is led to none of them. */
export const offered = (pages: string): boolean => document.querySelector(`.top nav a[href="/app/${company}/${pages}"]`) !== null;

/** What refused a request: the sentences to show, whatever its kind. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly sentences: readonly string[],
    readonly violations: readonly Violation[] = [],
    readonly code = "",
  ) {
    super(sentences.join(" "));
  }

  /** One may not, or may not any more. */
  get forbidden(): boolean {
    return this.status === 403;
  }

  /** Somebody else changed it in between. */
  get stale(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

/** What failed, as one is told of it: also where it was no answer that refused. */
export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(0, ["Something went wrong on this page. Load it again."]);

/** The address of an operation: `at("grid", {days: 7})`. A value that is undefined or null is left out. */
export function at(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null) search.append(name, String(each));
  const text = search.toString();
  return `/v1/${company}/${path}${text && `?${text}`}`;
}

export function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return send<T>("GET", at(path, query), {}, signal);
}

/** A command. *version* is the one that the change is meant for. Sent again by the browser, it is still done once. */
export async function tell<T>(path: string, body: object, version?: number, method = "POST"): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  const sent = (): Promise<T> =>
    send<T>(method, at(path), { method, headers: { ...headers, "X-CSRF-Token": token() }, body: JSON.stringify(body) });
  try {
    return await sent();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "csrf.refused") throw error;
    await renew();
    return sent();
  }
}

/** One has logged in again since this page was loaded: its next change goes on in that session. */
async function renew(): Promise<void> {
  const now = await ask<Schemas["WhoView"]>("self");
  if (!adopt({ company, reader: now.id, token: now.csrf_token ?? "" }))
    throw new Refusal(403, [`By now ${now.name} is logged in here. Load the page anew.`]);
}

async function send<T>(method: string, address: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, { ...init, ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const lost = method === "GET" ? "" : " Look whether it was carried out before you try again.";
    throw new Refusal(0, [`The server cannot be reached.${lost}`]);
  }
  if (response.status === 401) {
    over();
    throw new Refusal(401, ["Your session is over."]);
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw await refusal(response);
}

async function refusal(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as { type?: string; detail?: string; violations?: Violation[] };
  const violations = problem.violations ?? [];
  const sentences = violations.length ? violations.map((each) => each.sentence) : [problem.detail ?? "That did not work."];
  return new Refusal(response.status, sentences, violations, problem.type?.replace("/problems/", ""));
}
