/** Slot of the shell: the question, under the top bar; 52 high, on a phone as high as it needs. */
export function RequestBar() {
  return <div role="search" aria-label="Request" />;
}
