import { isIpAddress } from '../ipAddress.ts';
import type { WorkloadEntry } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { fqdnProblem, isDnsLabel, isPort, isUnixPath } from './hostFormats.ts';
import { validateLabels } from './labels.ts';
import { refuse, refuseKey, warn } from './report.ts';
import type { Report } from './report.ts';

const unixPrefix = 'unix://';

/**
 * One endpoint of a ServiceEntry; mirrors `validateWorkloadEntry` for STATIC and the loop of `ValidateServiceEntry` for DNS. `servicePorts` are the
 * names of the entry's ports.
 */
export function validateEndpoint(
  report: Report,
  path: Path,
  endpoint: WorkloadEntry,
  servicePorts: ReadonlySet<string>,
  resolution: 'STATIC' | 'DNS',
): void {
  const address = endpoint.address ?? '';
  if (resolution === 'STATIC') {
    if (!checkStaticAddress(report, path, endpoint, servicePorts)) return;
  } else if (fqdnProblem(address) && !isIpAddress(address)) {
    refuse(report, 'SE024', [...path, ...(endpoint.address === undefined ? [] : ['address'])], {
      got: address,
    });
  }
  for (const [name, port] of Object.entries(endpoint.ports ?? {})) {
    const at = [...path, 'ports', name];
    if (!servicePorts.has(name))
      refuseKey(report, 'SE020', at, { got: name, problem: 'unknown', want: [...servicePorts] });
    else if (!isDnsLabel(name)) refuseKey(report, 'SE020', at, { got: name, problem: 'bad-name' });
    if (!isPort(port)) refuse(report, 'SE020', at, { got: port, problem: 'bad-number' });
  }
  validateLabels(report, 'SE021', [...path, 'labels'], endpoint.labels);
}

/** Answers whether the rest of the endpoint is looked at. */
function checkStaticAddress(
  report: Report,
  path: Path,
  endpoint: WorkloadEntry,
  servicePorts: ReadonlySet<string>,
): boolean {
  const { address = '', network = '' } = endpoint;
  if (address === '') {
    if (network === '') {
      refuse(report, 'SE016', path);
      return false;
    }
    warn(report, 'SE017', path, { network });
  } else if (address.startsWith(unixPrefix)) {
    const at = [...path, 'address'];
    if (!isUnixPath(address.slice(unixPrefix.length)))
      refuse(report, 'SE018', at, { got: address, problem: 'path' });
    if (Object.keys(endpoint.ports ?? {}).length > 0)
      refuse(report, 'SE018', [...path, 'ports'], { got: address, problem: 'ports' });
    if (servicePorts.size !== 1)
      refuse(report, 'SE018', at, { got: address, problem: 'service-ports', count: servicePorts.size });
  } else if (!isIpAddress(address)) {
    refuse(report, 'SE019', [...path, 'address'], { got: address });
  }
  return true;
}
