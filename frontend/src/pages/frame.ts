// On every page behind the login: parts of pages are exchanged by htmx.

import "htmx.org";
import { say } from "../toasts";

let told: (() => void) | undefined;
document.addEventListener("htmx:sendError", () => {
  told?.();
  told = say("The server cannot be reached. What you typed is still here: try again in a moment.", [], true);
});
