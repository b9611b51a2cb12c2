// Short messages at the edge of the page, read aloud as they come.

import { h } from "./dom";

export interface Action {
  label: string;
  run: () => unknown;
}

const LASTS = 12_000;
const polite = h("div", { class: "toasts", role: "status", "aria-label": "Messages" });
document.body.append(polite);

/** Says something; *refused* ones stay until they are dismissed. Answers what takes it away. */
export function say(sentences: string | readonly string[], actions: readonly Action[] = [], refused = false): () => void {
  const away = (): void => toast.remove();
  const toast = h(
    "div",
    { class: refused ? "toast refused" : "toast", role: refused && "alert" },
    h("div", {}, ...[sentences].flat().map((each) => h("p", {}, each))),
    h("button", { type: "button", class: "link", "aria-label": "Dismiss", onclick: away }, "✕"),
    actions.length > 0 &&
      h(
        "div",
        { class: "row" },
        ...actions.map(({ label, run }) =>
          h("button", { type: "button", class: "quiet small", onclick: () => (away(), run()) }, label),
        ),
      ),
  );
  (document.querySelector("dialog[open]") ?? document.body).append(polite);
  polite.append(toast);
  if (!refused) setTimeout(away, LASTS);
  return away;
}
