import type { ServiceEntrySpec } from '../../istio/types.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** What a ServiceEntry says that does nothing, or something else. */
export function* serviceEntryFields(spec: ServiceEntrySpec): Generator<LocalFinding> {
  const ports = spec.ports ?? [];
  const endpoints = spec.endpoints ?? [];
  const resolution = spec.resolution ?? 'NONE';
  if (ports.length === 0) yield finding('SE201', ['spec', 'ports']);
  if (resolution === 'NONE') {
    for (const [index, port] of ports.entries()) {
      if (port.targetPort !== undefined && port.targetPort !== port.number) {
        yield finding('SE203', ['spec', 'ports', index, 'targetPort'], { field: 'targetPort' });
      }
    }
  }
  if (resolution === 'STATIC' && endpoints.length === 0 && !spec.workloadSelector) {
    yield finding('SE203', ['spec', 'resolution'], { problem: 'no-endpoints' });
  }
  if (spec.location === undefined && spec.workloadSelector) yield finding('SE204', ['spec']);
}
