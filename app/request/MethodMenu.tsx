import { ChevronDown } from 'lucide-react';
import { setCall, useCall } from '../store/store.ts';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { addressOf, withAddress } from './address.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** The method, or bytes that are not HTTP. */
export function MethodMenu() {
  const call = useCall();
  const { http } = call;
  const secure = call.tls !== undefined;
  const choose = (method: string): void => {
    if (http !== undefined) setCall({ http: { ...http, method } });
    else {
      const address = {
        ...addressOf(call),
        scheme: secure ? ('https' as const) : ('http' as const),
        path: '/',
      };
      const next = withAddress(call, { ...address, port: call.port }, false);
      setCall({ ...next, ...(next.http !== undefined && { http: { ...next.http, method } }) });
    }
  };
  const entries: MenuEntry[] = METHODS.map((method) => ({
    kind: 'item',
    label: method,
    hint: http?.method === method ? 'chosen' : undefined,
    run: () => choose(method),
  }));
  return (
    <Menu
      trigger={
        <button type="button" className="method">
          <span className="sr">Method </span>
          {http?.method ?? (secure ? 'TLS' : 'TCP')}
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
        </button>
      }
      entries={[
        ...entries,
        { kind: 'rule' },
        {
          kind: 'item',
          label: 'Bytes that are not HTTP',
          hint: http === undefined ? 'chosen' : secure ? 'TLS' : 'TCP',
          run: () => setCall({ http: undefined }),
        },
      ]}
    />
  );
}
