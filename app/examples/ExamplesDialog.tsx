import { ChevronRight } from 'lucide-react';
import { open } from '../store/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { gallery } from './gallery.ts';
import { openExample } from './openExample.ts';
import './examples.css';

/** Scenarios, each as the question that it answers. */
export function ExamplesDialog() {
  return (
    <Dialog
      title="Examples"
      description="Each opens with its request. What you have now is one undo away. Their answers were recorded from a real Envoy."
      className="examples"
      onClose={() => open(undefined)}
    >
      <ul className="questions">
        {gallery.map((example) => (
          <li key={example.id}>
            <button type="button" className="question" onClick={() => void openExample(example)}>
              <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
              <span>
                <b>{example.question}</b>
                <span className="teaches">{example.teaches}</span>
                {example.id === 'bookinfo' ? <span className="teaches">{example.source}</span> : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
