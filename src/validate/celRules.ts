import type { RuleName } from '../istio/schema/schema.ts';
import type { Json, JsonObject, Path } from '../manifest/source.ts';
import { durationProblem, isMillisecondOrMore } from './duration.ts';
import { isDnsLabel, isPort } from './hostFormats.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';

/**
 * The CEL rules of Istio's CRDs, under our own names. A rule sees its value after pruning; a value whose type is wrong (refused already) breaks none. To
 * CEL a field is there as soon as its key is, even if it is empty.
 */
export function checkRule(report: Report, rule: RuleName, value: Json, path: Path): void {
  rules[rule](report, value, path);
}

type Check = (report: Report, value: Json, path: Path) => void;

const rules: Readonly<Record<RuleName, Check>> = {
  'duration-1ms': (report, value, path) => {
    if (typeof value !== 'string' || isMillisecondOrMore(value)) return;
    refuse(report, 'LINT015', [...path], { got: value, problem: durationProblem(value) ?? 'below-1ms' });
  },
  'port-number': (report, value, path) => {
    if (typeof value === 'number' && !isPort(value)) {
      refuse(report, 'SE011', [...path], { got: value, field: fieldName(path) });
    }
  },
  'not-lone-wildcard': (report, value, path) => {
    if (value === '*') refuse(report, 'SE005', [...path], { got: value });
  },
  'no-wildcard': (report, value, path) => {
    if (typeof value === 'string' && value.includes('*')) {
      refuse(report, selectorCode(path), [...path], {
        got: value,
        key: fieldName(path),
        problem: 'wildcard',
      });
    }
  },
  'selector-key': (report, value, path) => {
    for (const key of Object.keys(objectOf(value))) {
      if (key === '' || key.includes('*')) {
        const problem = key === '' ? 'empty-key' : 'wildcard';
        refuseKey(report, selectorCode(path), [...path, key], { got: key, key, problem });
      }
    }
  },
  'unix-address': (report, value, path) => {
    if (typeof value !== 'string' || !value.startsWith('unix://')) return;
    if (!/^unix:\/\/[/@]/.test(value) || value.endsWith('/')) {
      refuse(report, 'SE018', [...path], { got: value, problem: 'path' });
    }
  },
  'endpoint-port-names': (report, value, path) => {
    for (const key of Object.keys(objectOf(value))) {
      if (key.length >= 63 || !isDnsLabel(key)) {
        refuseKey(report, 'SE020', [...path, key], { got: key, problem: 'bad-name' });
      }
    }
  },
  'endpoint-address': (report, value, path) => {
    const endpoint = objectOf(value);
    if (!has(endpoint, 'address') && !has(endpoint, 'network')) refuse(report, 'SE016', [...path]);
  },
  'endpoint-unix-ports': (report, value, path) => {
    const endpoint = objectOf(value);
    const address = endpoint['address'];
    if (typeof address === 'string' && address.startsWith('unix://') && has(endpoint, 'ports')) {
      refuse(report, 'SE018', [...path, 'ports'], { got: address, problem: 'ports' });
    }
  },
  'unique-port-numbers': (report, value, path) => {
    const first = new Map<Json, number>();
    for (const [index, port] of (Array.isArray(value) ? value : []).entries()) {
      const number = objectOf(port)['number'];
      if (typeof number !== 'number') continue;
      const earlier = first.get(number);
      if (earlier === undefined) first.set(number, index);
      else refuse(report, 'SE010', [...path, index, 'number'], { got: number, first: earlier });
    }
  },
  'selector-or-endpoints': (report, value, path) => {
    const spec = objectOf(value);
    if (has(spec, 'workloadSelector') && has(spec, 'endpoints'))
      refuse(report, 'SE003', [...path, 'endpoints']);
  },
  'cidr-resolution': (report, value, path) => {
    const spec = objectOf(value);
    const resolution = spec['resolution'] ?? 'NONE';
    if (resolution === 'NONE' || resolution === 'STATIC') return;
    for (const [index, address] of (Array.isArray(spec['addresses']) ? spec['addresses'] : []).entries()) {
      if (typeof address === 'string' && address.includes('/')) {
        refuse(report, 'SE009', [...path, 'addresses', index], {
          got: address,
          resolution: typeof resolution === 'string' ? resolution : 'NONE',
        });
      }
    }
  },
  'none-without-endpoints': (report, value, path) => {
    const spec = objectOf(value);
    const none = (spec['resolution'] ?? 'NONE') === 'NONE';
    if (none && has(spec, 'endpoints')) refuse(report, 'SE013', [...path, 'endpoints']);
  },
  'round-robin-endpoint': (report, value, path) => {
    const spec = objectOf(value);
    const endpoints = spec['endpoints'];
    if (spec['resolution'] === 'DNS_ROUND_ROBIN' && Array.isArray(endpoints) && endpoints.length > 1) {
      refuse(report, 'SE023', [...path, 'endpoints'], { got: endpoints.length, maximum: 1 });
    }
  },
};

/** Selectors of ServiceEntry and Sidecar say `labels`, those of DestinationRule `matchLabels`. */
function selectorCode(path: Path): string {
  return path.includes('matchLabels') ? 'DR042' : 'SE001';
}

function fieldName(path: Path): string {
  return String(path.at(-1) ?? '');
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function has(object: JsonObject, field: string): boolean {
  return Object.hasOwn(object, field);
}
