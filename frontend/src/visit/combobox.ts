// A field in which one looks for a customer, after the combobox pattern of the ARIA practices: what is found is a list below
// it, gone through by arrow keys while the focus stays in the field.

import type { Schemas } from "../api";
import { ask, Refusal } from "../api";
import { h } from "../dom";

type Customer = Schemas["CustomerView"];

const PAUSE = 180;
const SHOWN = 8;

export class Combobox {
  readonly #list = h("ul", { id: "found", role: "listbox", "aria-label": "Customers", class: "listbox", hidden: true });
  #found: Customer[] = [];
  #active = -1;
  #timer = 0;
  #asked: AbortController | undefined;

  constructor(
    private readonly field: HTMLInputElement,
    private readonly status: HTMLElement,
    private readonly chosen: (customer: string) => void,
  ) {
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found" }))
      field.setAttribute(name, value);
    field.after(this.#list);
    field.addEventListener("input", () => this.#later());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.#close());
    // The focus stays in the field while the mouse chooses.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#choose([...this.#list.children].indexOf((event.target as Element).closest("li") as Element)));
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#timer = window.setTimeout(() => void this.#search(), PAUSE);
  }

  async #search(): Promise<void> {
    const search = this.field.value.trim();
    if (!search) return this.#close();
    this.#asked = new AbortController();
    try {
      const page = await ask<Schemas["CustomersView"]>("customers", { search, limit: SHOWN }, this.#asked.signal);
      this.#show(page.items, page.next !== null);
    } catch (error) {
      if (!(error instanceof Refusal)) return;
      this.#close();
      this.status.textContent = error.message;
    }
  }

  #show(found: Customer[], more: boolean): void {
    this.#found = found;
    this.#list.replaceChildren(...found.map((each, index) => option(each, index)));
    this.#list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(found.length > 0));
    this.#activate(-1);
    const count = found.length === 1 ? "1 customer" : `${found.length} customers`;
    this.status.textContent = !found.length ? "No customer is found." : more ? `More than ${count} found; type more of the name.` : `${count} found.`;
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #key(event: KeyboardEvent): void {
    const open = !this.#list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !open && this.#found.length) this.#show(this.#found, false);
    if (step && this.#found.length) {
      const count = this.#found.length;
      this.#activate(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
    } else if (event.key === "Enter" && open && this.#active >= 0) this.#choose(this.#active);
    else if (event.key === "Escape" && open) this.#close();
    else return;
    event.preventDefault();
  }

  #activate(index: number): void {
    this.#active = index;
    [...this.#list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === index)));
    const active = this.#list.children[index];
    if (active) this.field.setAttribute("aria-activedescendant", active.id);
    else this.field.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  #choose(index: number): void {
    const customer = this.#found[index];
    if (customer) this.chosen(customer.id);
  }
}

function option({ name, number, address, stage, archived_at }: Customer, index: number): HTMLElement {
  const place = [address.line1, address.city].filter(Boolean).join(", ");
  return h(
    "li",
    { id: `found-${index}`, role: "option", "aria-selected": "false" },
    h("strong", {}, name),
    " ",
    stage === "lead" && h("span", { class: "badge" }, "Lead"),
    archived_at !== null && h("span", { class: "badge warn" }, "Archived"),
    h("span", { class: "hint" }, [`#${number}`, place].filter(Boolean).join(" · ")),
  );
}
