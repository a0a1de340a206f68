import { isWildcard } from '../hostname.ts';
import { isHttp, isTcp, isTls, parseProtocol } from '../istio/protocol.ts';
import type { ServiceEntrySpec } from '../istio/types.ts';
import { validateEndpoint } from './endpoint.ts';
import { validateExportTo } from './exportTo.ts';
import {
  fqdnProblem,
  isDnsLabel,
  isIpOrCidr,
  isPartialWildcard,
  isPort,
  wildcardDomainProblem,
} from './hostFormats.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import { validateSelectorLabels } from './selector.ts';
import type { Meta } from './validateMetadata.ts';

/** Mirrors `ValidateServiceEntry`. What the CRD's rules refuse before it (SE003, SE004, SE005, SE009, SE013, SE023) is not repeated. */
export function validateServiceEntry(report: Report, meta: Meta, spec: ServiceEntrySpec): void {
  const selector = spec.workloadSelector;
  const before = report.errors.length;
  if (selector)
    validateSelectorLabels(report, 'SE001', ['spec', 'workloadSelector', 'labels'], selector.labels);
  // A wrong selector ends the matter in Istio.
  if (report.errors.length > before) return;
  if (selector && Object.keys(selector.labels ?? {}).length === 0)
    warn(report, 'SE002', ['spec', 'workloadSelector']);
  checkHosts(report, spec);
  for (const [index, address] of (spec.addresses ?? []).entries()) {
    if (!isIpOrCidr(address)) refuse(report, 'SE008', ['spec', 'addresses', index], { got: address });
  }
  checkPorts(report, meta, spec);
  checkResolution(report, meta, spec);
  checkSharedPorts(report, spec);
  validateExportTo(report, meta.namespace, spec.exportTo ?? [], 'ServiceEntry');
}

function checkHosts(report: Report, spec: ServiceEntrySpec): void {
  for (const [index, host] of (spec.hosts ?? []).entries()) {
    const path = ['spec', 'hosts', index];
    const problem = wildcardDomainProblem(host);
    if (problem) refuse(report, 'SE006', path, { got: host, problem });
    if (spec.resolution !== 'DYNAMIC_DNS' && isPartialWildcard(host)) {
      warn(report, 'SE007', path, { got: host, want: `*.${host.replace(/^[^.]*\.?/, '')}` });
    }
  }
}

function checkPorts(report: Report, meta: Meta, spec: ServiceEntrySpec): void {
  const addressed = (spec.addresses ?? []).length > 0 || allocatesAddress(meta, spec);
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const path = ['spec', 'ports', index];
    const { protocol = '', name = '' } = port;
    if (!addressed && (protocol === '' || protocol === 'TCP'))
      warn(report, 'SE012', path, { protocol, name, port: port.number ?? 0 });
    if (!isDnsLabel(name)) refuse(report, 'SE011', [...path, 'name'], { got: name, field: 'name' });
    if (protocol !== '' && parseProtocol(protocol) === 'auto') {
      refuse(report, 'SE011', [...path, 'protocol'], { got: protocol, field: 'protocol' });
    }
    if (!isPort(port.number ?? 0))
      refuse(report, 'SE011', [...path, 'number'], { got: port.number ?? 0, field: 'number' });
  }
}

/** Whether Istio gives the entry addresses of its own; mirrors `ShouldV2AutoAllocateIPFromConfig` with the default settings. */
function allocatesAddress(meta: Meta, spec: ServiceEntrySpec): boolean {
  if ((spec.resolution ?? 'NONE') === 'NONE') return false;
  return meta.labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() !== 'false';
}

function checkResolution(report: Report, meta: Meta, spec: ServiceEntrySpec): void {
  const resolution = spec.resolution ?? 'NONE';
  switch (resolution) {
    case 'NONE':
      if (spec.workloadSelector) warn(report, 'SE014', ['spec', 'workloadSelector']);
      return;
    case 'STATIC':
      checkEndpoints(report, spec, 'STATIC');
      return;
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      checkDns(report, spec, resolution);
      return;
    case 'DYNAMIC_DNS':
      checkDynamicDns(report, meta, spec);
  }
}

function checkEndpoints(report: Report, spec: ServiceEntrySpec, resolution: 'STATIC' | 'DNS'): void {
  const ports = new Set((spec.ports ?? []).map((port) => port.name ?? ''));
  for (const [index, endpoint] of (spec.endpoints ?? []).entries()) {
    validateEndpoint(report, ['spec', 'endpoints', index], endpoint, ports, resolution);
  }
}

function checkDns(report: Report, spec: ServiceEntrySpec, resolution: string): void {
  const hosts = spec.hosts ?? [];
  const wildcard = (spec.endpoints ?? []).length === 0 ? hosts.findIndex((host) => fqdnProblem(host)) : -1;
  if (wildcard >= 0)
    refuse(report, 'SE022', ['spec', 'hosts', wildcard], { got: hosts[wildcard] ?? '', resolution });
  checkEndpoints(report, spec, 'DNS');
  const tcp = (spec.ports ?? []).find((port) => isTcp(parseProtocol(port.protocol ?? '')));
  if ((spec.addresses ?? []).length > 0 && hosts.length > 1 && tcp) {
    warn(report, 'SE025', ['spec', 'hosts'], {
      got: hosts,
      port: tcp.name ?? '',
      protocol: tcp.protocol ?? '',
    });
  }
}

const dynamicProtocols = ['HTTP', 'TLS', 'GRPC', 'HTTP2'];

function checkDynamicDns(report: Report, meta: Meta, spec: ServiceEntrySpec): void {
  for (const [index, host] of (spec.hosts ?? []).entries()) {
    if (!isWildcard(host)) refuse(report, 'SE026', ['spec', 'hosts', index], { got: host });
  }
  for (const field of ['addresses', 'endpoints'] as const) {
    if (spec[field]?.length) refuse(report, 'SE027', ['spec', field], { field });
  }
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!dynamicProtocols.includes(parseProtocol(port.protocol ?? ''))) {
      const path = ['spec', 'ports', index, ...(port.protocol === undefined ? [] : ['protocol'])];
      refuse(report, 'SE028', path, { got: port.protocol ?? '', want: dynamicProtocols });
    }
  }
  const waypoint = meta.labels['istio.io/use-waypoint'] ?? '';
  if (spec.location === 'MESH_INTERNAL' && waypoint !== '' && waypoint.toLowerCase() !== 'none') {
    refuse(report, 'SE029', ['spec', 'location'], { got: spec.location, waypoint });
  }
}

/** Several hosts cannot be told apart on a port that is neither HTTP nor TLS, unless the dialled address decides. */
function checkSharedPorts(report: Report, spec: ServiceEntrySpec): void {
  const hosts = spec.hosts ?? [];
  if ((spec.resolution ?? 'NONE') === 'NONE' || hosts.length < 2) return;
  const ports = spec.ports ?? [];
  const shared = ports.findIndex(
    ({ protocol = '' }) => !isHttp(parseProtocol(protocol)) && !isTls(parseProtocol(protocol)),
  );
  const port = ports[shared];
  if (!port) return;
  const path = ['spec', 'ports', shared, ...(port.protocol === undefined ? [] : ['protocol'])];
  refuse(report, 'SE031', path, { got: port.protocol ?? '', hosts });
}
