// On every page behind the login: parts of pages are exchanged by htmx, in a session that may end meanwhile.

import "htmx.org";
import { over, share } from "../session";
import { say } from "../toasts";

let told: (() => void) | undefined;
document.addEventListener("htmx:sendError", () => {
  told?.();
  told = say("The server cannot be reached. What you typed is still here: try again in a moment.", [], true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if ((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status === 401) over();
});
share();

// Whoever typed something is asked before it is lost: by the browser, or where htmx exchanges the form.
const dirty = (): HTMLElement | null => document.querySelector("main form[data-dirty]");
for (const typed of ["input", "change"])
  document.addEventListener(typed, ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>("main form[method=post]");
    if (form) form.dataset["dirty"] = "";
  });
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) delete (event.target as HTMLFormElement).dataset["dirty"];
});
window.addEventListener("beforeunload", (event) => {
  if (dirty()) event.preventDefault();
});
document.addEventListener("htmx:confirm", (event) => {
  const { elt, verb } = (event as CustomEvent<{ elt: Element; verb: string }>).detail;
  const losing = verb === "get" && elt.matches("a") && dirty();
  if (losing && !losing.contains(elt) && !confirm("What you typed is not saved. Leave it?")) event.preventDefault();
});
