/** Slot of the shell: fills its place, renders its own head. */
export function ProblemsPane() {
  return (
    <section className="pane" aria-label="Problems">
      <div className="pane-head">
        <h2>Problems</h2>
      </div>
    </section>
  );
}
