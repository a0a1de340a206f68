import { useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A number or word behind the label. */
  readonly count?: ReactNode;
}

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly Tab<Value>[];
  /** Id of the element that shows the chosen tab. */
  readonly controls: string;
  readonly onChange: (value: Value) => void;
}

/** Views of the same thing. The panel is the caller's: `role="tabpanel"`, with the id given as `controls`. */
export function Tabs<Value extends string>({ label, value, tabs, controls, onChange }: TabsProps<Value>) {
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    const next = tabs[index];
    if (next === undefined) return;
    onChange(next.value);
    list.current?.querySelectorAll('button')[index]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? controls : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          onKeyDown={walk}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="n">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}
