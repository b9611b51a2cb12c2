// Elements made of values: text is always text, whatever it looks like.

type Child = Node | string | false | null | undefined;

/** `h("p", { class: "hint" }, "5 visits")`. A value that is false, null or undefined is left out; true is "". */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value as EventListener);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((each): each is Node | string => each !== false && each !== null && each !== undefined));
  return made;
}

/** What a page's template is known to hold. */
export function element<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`${selector} is not on this page`);
  return found;
}
