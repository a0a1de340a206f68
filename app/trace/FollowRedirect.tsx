import { useTrace } from '../store/derived.ts';
import { setCall } from '../store/store.ts';
import { followed } from '../../src/simulate/followRedirect.ts';
import { Button } from '../ui/Button.tsx';

/** Asks what a browser would ask next. Nothing where the location cannot be followed from here. */
export function FollowRedirect() {
  const trace = useTrace();
  const next = trace === undefined ? undefined : followed(trace);
  if (next === undefined) return null;
  return (
    <div className="outcome-acts">
      <Button small onClick={() => setCall({ tls: undefined, ...next })}>
        Follow the redirect
      </Button>
    </div>
  );
}
