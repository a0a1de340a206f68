/** As a `ref`: the element has the focus when it comes onto the page, and keeps out of the way afterwards. */
export function focusOnce(element: HTMLElement | null): void {
  element?.focus();
}
