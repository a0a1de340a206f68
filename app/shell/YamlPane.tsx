/** The text, with its path above and its editor. */
export function YamlPane() {
  return (
    <section className="pane" aria-label="YAML">
      <div className="pane-head">
        <h2>YAML</h2>
      </div>
    </section>
  );
}
