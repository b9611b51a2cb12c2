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
