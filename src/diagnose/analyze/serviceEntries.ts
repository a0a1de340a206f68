import { numberAt, objectsAt, textAt, textsAt, isSet } from './fields.ts';
import { type AnalyzeMessage, type Inventory, type Item, message, wholeOf } from './inventory.ts';
import { scopesOf } from './virtualServices.ts';

/** IST0134; mirrors `serviceentry.ProtocolAddressesAnalyzer` with the mesh configuration that nobody has changed. */
export function* entryAddresses(inventory: Pick<Inventory, 'serviceEntries'>): Generator<AnalyzeMessage> {
  for (const item of inventory.serviceEntries) {
    if (textsAt(item.spec, 'addresses').length > 0) continue;
    if (objectsAt(item.value, 'status', 'addresses').length > 0) continue;
    for (const [index, port] of objectsAt(item.spec, 'ports').entries()) {
      const protocol = textAt(port, 'protocol');
      if (protocol !== '' && protocol.toUpperCase() !== 'TCP') continue;
      yield message(item, 'IST0134', 'SE012', ['spec', 'ports', index], { port: numberAt(port, 'number') });
    }
  }
}

interface PlacedPort {
  readonly item: Item;
  readonly index: number;
  readonly protocol: string;
}

/** IST0177; mirrors `serviceentry.ConflictingServiceEntryProtocolAnalyzer`. */
export function* entryProtocols(inventory: Pick<Inventory, 'serviceEntries'>): Generator<AnalyzeMessage> {
  const ports = new Map<string, PlacedPort[]>();
  for (const item of inventory.serviceEntries) {
    for (const scope of scopesOf(item)) {
      for (const host of textsAt(item.spec, 'hosts')) {
        for (const [index, port] of objectsAt(item.spec, 'ports').entries()) {
          const key = `${scope} ${host} ${numberAt(port, 'number')}`;
          const placed = { item, index, protocol: textAt(port, 'protocol').toUpperCase() };
          const list = ports.get(key);
          if (list === undefined) ports.set(key, [placed]);
          else list.push(placed);
        }
      }
    }
  }
  const reported = new Set<Item>();
  for (const [key, own] of ports) {
    const [scope = '', host = '', port = ''] = key.split(' ');
    const placed = scope === '*' ? own : [...own, ...(ports.get(`* ${host} ${port}`) ?? [])];
    const protocols = [...new Set(placed.map((each) => each.protocol))].toSorted();
    if (protocols.length < 2) continue;
    for (const { item, index, protocol } of placed) {
      if (reported.has(item)) continue;
      reported.add(item);
      const others = placed.filter((each) => each.item !== item && each.protocol !== protocol);
      const params = {
        host,
        port: Number(port),
        protocol: protocol || 'TCP',
        others: [...new Set(others.map((each) => each.item.fullName))],
        protocols: protocols.map((each) => each || 'TCP'),
      };
      const field = isSet(objectsAt(item.spec, 'ports')[index] ?? {}, 'protocol') ? ['protocol'] : [];
      const path = ['spec', 'ports', index, ...field];
      yield message(
        item,
        'IST0177',
        'SE040',
        path,
        params,
        [...new Set(others.slice(0, 8).map((each) => each.item))].map(wholeOf),
      );
    }
  }
}
