/** Slot of the shell: fills its place, renders its own head. */
export function CanvasPane() {
  return (
    <section className="pane" aria-label="Graph">
      <div className="pane-head">
        <h2>Graph</h2>
      </div>
    </section>
  );
}
