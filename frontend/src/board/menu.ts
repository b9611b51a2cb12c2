// A menu over the board: it closes by Escape, and by a press beside it.

/** *bar*: what is pressed there is carried out besides; elsewhere a press only closes the menu. */
export function closing(menu: HTMLDetailsElement, bar: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener(
    "pointerdown",
    (event) => {
      const beside = event.target as Element;
      if (!menu.open || menu.contains(beside)) return;
      menu.open = false;
      if (bar.contains(beside)) return;
      swallow(event);
      document.addEventListener("click", swallow, true);
      // Its click, if it becomes one, follows at once.
      addEventListener("pointerup", () => setTimeout(() => document.removeEventListener("click", swallow, true)), { once: true });
      addEventListener("pointercancel", () => document.removeEventListener("click", swallow, true), { once: true });
    },
    true,
  );
}
