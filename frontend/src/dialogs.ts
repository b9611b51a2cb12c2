// Dialogs: one at a time, named by their title. The browser keeps the focus inside and brings it back.

import { h } from "./dom";

/** Opens a dialog; it is gone once it is closed, and the promise tells with what. */
export function dialog(title: string, content: readonly (Node | string | false | null)[], footer: readonly Node[] = [], broad = false): Dialog {
  const heading = h("h2", { id: `dialog-${crypto.randomUUID()}` }, title);
  const close = h("button", { type: "button", class: "quiet small", onclick: () => box.close() }, "Close");
  const box = h(
    "dialog",
    { "aria-labelledby": heading.id, class: broad && "broad" },
    h("header", {}, heading, close),
    ...content,
    footer.length > 0 && h("footer", {}, ...footer),
  );
  document.body.append(box);
  const closed = new Promise<void>((resolve) =>
    box.addEventListener("close", () => {
      box.querySelector(".toasts") && document.body.append(box.querySelector(".toasts") as Node);
      box.remove();
      resolve();
    }),
  );
  box.showModal();
  return { box, closed, close: () => box.close() };
}

export interface Dialog {
  box: HTMLDialogElement;
  closed: Promise<void>;
  close: () => void;
}

/** A labelled field of a form in a dialog. */
export function field(label: string, control: HTMLElement): HTMLElement {
  control.id ||= `field-${crypto.randomUUID()}`;
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}

/** The sentences that refuse a form, at its head; those about one of its fields besides stand there. */
export function refuse(form: HTMLElement, sentences: readonly string[]): void {
  form.querySelector("div.problem")?.remove();
  if (sentences.length) form.prepend(h("div", { class: "problem", role: "alert" }, ...sentences.map((each) => h("p", {}, each))));
}
