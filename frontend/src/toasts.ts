// Short messages at the edge of the page, read aloud as they come.

import { h } from "./dom";

export interface Action {
  label: string;
  run: () => unknown;
}

const LASTS = 12_000;
/** Who may still do something about it has longer. */
const LASTS_WITH_ACTIONS = 20_000;
const SHORTLY = 2_000;
const MOST = 3;
const polite = h("div", { class: "toasts", role: "status", "aria-label": "Messages" });
document.body.append(polite);

let before: EventTarget | null = null;
polite.addEventListener("focusin", ({ relatedTarget }) => {
  if (!polite.contains(relatedTarget as Node | null)) before = relatedTarget;
});

function remove(toast: Element | null): void {
  const held = toast?.contains(document.activeElement);
  toast?.remove();
  if (held && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

/**
 * Says something. *refused* ones stay until they are dismissed or three newer ones came, others for a while, and as long as
 * somebody is at them. Answers what takes it away.
 */
export function say(sentences: string | readonly string[], actions: readonly Action[] = [], refused = false): () => void {
  const away = (): void => remove(toast);
  const fade = (): void => void (toast.matches(":hover, :focus-within") ? setTimeout(fade, SHORTLY) : away());
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
  while (polite.childElementCount > MOST) remove(polite.firstElementChild);
  if (!refused) setTimeout(fade, actions.length ? LASTS_WITH_ACTIONS : LASTS);
  return away;
}
