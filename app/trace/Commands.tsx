import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { Command } from '../../src/explain/commands.ts';
import type { ToldLimit } from '../../src/explain/told.ts';
import { say, select } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { Tabs } from '../ui/Tabs.tsx';

interface CommandsProps {
  readonly commands: readonly Command[];
  readonly limits: readonly ToldLimit[];
}

/** At the foot: how to ask a cluster the same question, and what the answer leaves out. */
export function Commands({ commands, limits }: CommandsProps) {
  const [tool, setTool] = useState<Command['tool']>('curl');
  const shown = commands.find((each) => each.tool === tool) ?? commands[0];
  return (
    <div className="check">
      {shown === undefined ? null : (
        <>
          <div className="check-head">
            <Tabs
              label="Check it on a cluster"
              value={shown.tool}
              controls="check-command"
              tabs={commands.map((each) => ({ value: each.tool, label: each.tool }))}
              onChange={setTool}
            />
            <span className="grow" />
            <span className="dim">check it on a cluster</span>
          </div>
          <div className="command" id="check-command" role="tabpanel" aria-label={shown.tool}>
            <pre>{shown.text}</pre>
            <IconButton label="Copy the command" small onClick={() => void copy(shown.text)}>
              <Copy size={14} strokeWidth={1.5} />
            </IconButton>
          </div>
        </>
      )}
      <ul className="limits">
        {limits.map((limit, index) => {
          const [at] = limit.at;
          return (
            <li key={index}>
              {at === undefined ? (
                <Said>{limit.says}</Said>
              ) : (
                <button type="button" onClick={() => select(at, 'trace')}>
                  <Said>{limit.says}</Said>
                </button>
              )}
            </li>
          );
        })}
        <li>Not simulated: certificates and the health of pods.</li>
      </ul>
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say('The command is on the clipboard.');
  } catch {
    say('The browser did not let the page write to the clipboard.');
  }
}
