import { ArrowRightToLine, ChevronDown, Waypoints } from 'lucide-react';
import { setCall, useCall, useReport } from '../store/store.ts';
import { useTrace } from '../store/derived.ts';
import { Menu } from '../ui/Menu.tsx';
import { Segments } from '../ui/Segments.tsx';
import { AddressLine } from './AddressLine.tsx';
import { Chips } from './Chips.tsx';
import { MethodMenu } from './MethodMenu.tsx';
import { SourceChip } from './SourceChip.tsx';
import { turned, workloadName } from './origins.ts';
import './request.css';

/** The question, as one line: where the call starts, what it asks for, and how it connects. Every change is answered as it is typed. */
export function RequestBar() {
  const call = useCall();
  const { report, stale } = useReport();
  // Under the name and port that the other side has for it, where there is one.
  const other = stale ? undefined : report?.otherSides[0]?.call;
  return (
    <search className="request" aria-label="Request">
      <Segments
        label="Where the call starts"
        value={call.from.kind}
        choices={[
          {
            value: 'outside',
            label: 'From outside',
            icon: <ArrowRightToLine size={14} strokeWidth={1.5} aria-hidden />,
          },
          {
            value: 'mesh',
            label: 'Inside the mesh',
            icon: <Waypoints size={14} strokeWidth={1.5} aria-hidden />,
          },
        ]}
        onChange={(value) => {
          if (value !== call.from.kind)
            setCall({ tls: undefined, http: undefined, ...(other ?? turned(call)) });
        }}
      />
      {call.from.kind === 'outside' ? <WorkloadMenu /> : <SourceChip />}
      <div className="request-line">
        <MethodMenu />
        <AddressLine />
        <Chips />
      </div>
    </search>
  );
}

/** Which gateway pod is asked, when there is a choice. */
function WorkloadMenu() {
  const call = useCall();
  const { report } = useReport();
  const trace = useTrace();
  const routers = report?.workloads.filter((each) => each.kind === 'router') ?? [];
  if (call.from.kind !== 'outside' || routers.length < 2) return null;
  const { from } = call;
  const shown = routers.find((each) => each.id === (from.workload ?? trace?.workload)) ?? routers[0];
  const { workload: _, ...rest } = from;
  return (
    <Menu
      trigger={
        <button type="button" className="pick">
          <span className="dim">Gateway pod</span>
          <b className="trunc">{shown === undefined ? 'none' : workloadName(shown)}</b>
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
        </button>
      }
      entries={[
        { kind: 'label', label: 'Which gateway pods are asked' },
        {
          kind: 'item',
          label: 'The first one that listens for it',
          hint: from.workload === undefined ? 'chosen' : undefined,
          run: () => setCall({ from: rest }),
        },
        ...routers.map((each) => ({
          kind: 'item' as const,
          label: workloadName(each),
          hint: from.workload === each.id ? 'chosen' : each.namespace,
          run: () => setCall({ from: { ...from, workload: each.id } }),
        })),
      ]}
    />
  );
}
