/** Slot of the shell: fills its place, renders its own head. */
export function TracePane() {
  return (
    <section className="pane" aria-label="Trace">
      <div className="pane-head">
        <h2>Trace</h2>
      </div>
    </section>
  );
}
