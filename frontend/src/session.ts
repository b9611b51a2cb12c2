// Whose page this is, and in which session: also after one has logged in again beside it.

import { say } from "./toasts";

const meta = (name: string): HTMLMetaElement | null => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
const told = (name: string): string => meta(name)?.content ?? "";

export const company = told("company");
export const token = (): string => told("csrf-token");

interface Session {
  company: string;
  reader: string;
  token: string;
}

const here = (): Session => ({ company, reader: told("reader"), token: token() });
let forget: (() => void) | undefined;

/** What was typed on a page stays: one logs in beside it. A page that only shows something goes there itself. */
export function over(): void {
  const login = (next: string): string => `/app/${company}/login?next=${encodeURIComponent(next)}`;
  if (!document.querySelector("main form[method=post], main table input, dialog[open] form"))
    return location.assign(login(location.pathname + location.search));
  forget?.();
  const open = (): unknown => window.open(login(`/app/${company}`), "_blank", "noopener");
  const sentence = "Your session is over. What you typed is still here: log in in another tab, and then go on in this one.";
  forget = say(sentence, [{ label: "Log in", run: open }], true);
}

/** Another session of the same user's is this page's by now; that of anybody else is not. Whether it is. */
export function adopt(now: Session): boolean {
  if (now.company !== company || now.reader !== told("reader")) return false;
  meta("csrf-token")?.setAttribute("content", now.token);
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrf_token]")) field.value = now.token;
  forget?.();
  return true;
}

/** Each page tells the others in whose session it was loaded. */
export function share(): void {
  const others = new BroadcastChannel("session");
  others.addEventListener("message", ({ data }) => adopt(data as Session));
  others.postMessage(here());
}
