import type { DestinationRuleSpec, TrafficPolicy } from '../../istio/types.ts';
import type { JsonObject, Path } from '../../manifest/source.ts';
import { finding, type LocalFinding } from '../draft.ts';
import { isObject, objectAt, textAt, valueAt } from '../analyze/fields.ts';

/** What a DestinationRule says that does nothing, or something else. */
export function* destinationRuleFields(spec: DestinationRuleSpec): Generator<LocalFinding> {
  yield* policyFields(spec.trafficPolicy, ['spec', 'trafficPolicy'], false);
  for (const [index, subset] of (spec.subsets ?? []).entries()) {
    const path: Path = ['spec', 'subsets', index];
    if (Object.keys(subset.labels ?? {}).length === 0)
      yield finding('DR058', path, { subset: subset.name ?? '' });
    yield* policyFields(subset.trafficPolicy, [...path, 'trafficPolicy'], true);
  }
}

type Policy = TrafficPolicy & JsonObject;

function* policyFields(
  written: TrafficPolicy | undefined,
  path: Path,
  isNested: boolean,
): Generator<LocalFinding> {
  if (!written) return;
  const policy = written as Policy;
  yield* idleCertificates(policy, path);
  yield* deprecatedFields(policy, path, isNested);
  for (const [index, settings] of (policy.portLevelSettings ?? []).entries()) {
    const at = [...path, 'portLevelSettings', index];
    const port = settings.port?.number;
    if (port === undefined) yield finding('DR206', [...at, 'port']);
    yield* idleCertificates(settings as Policy, at);
    yield* deprecatedFields(settings as Policy, at, true);
    const fields = ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'].filter(
      (field) => field in policy && !(field in settings) && !isPlainBalancer(field, policy),
    );
    if (fields.length > 0) yield finding('DR202', at, { port: port ?? 0, fields });
  }
}

/** One algorithm that picks any endpoint instead of another makes no difference to a call. */
function isPlainBalancer(field: string, policy: Policy): boolean {
  const balancer = objectAt(policy, 'loadBalancer');
  const isSimple = Object.keys(balancer).length === 1 && textAt(balancer, 'simple') !== '';
  return field === 'loadBalancer' && isSimple && textAt(balancer, 'simple') !== 'PASSTHROUGH';
}

const CERTIFICATE_FIELDS = ['credentialName', 'clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

/** DR203. */
function* idleCertificates(policy: Policy, path: Path): Generator<LocalFinding> {
  const { tls } = policy;
  if (!tls) return;
  const mode = tls.mode ?? 'DISABLE';
  if (mode === 'SIMPLE' || mode === 'MUTUAL') return;
  const fields = CERTIFICATE_FIELDS.filter((field) => field in tls);
  if (fields.length > 0) yield finding('DR203', [...path, 'tls'], { mode, fields });
}

/** DR207 where the webhook says nothing, LINT021 for what nobody warns of. */
function* deprecatedFields(policy: Policy, path: Path, isNested: boolean): Generator<LocalFinding> {
  const balancer = objectAt(policy, 'loadBalancer');
  if (textAt(balancer, 'simple') === 'LEAST_CONN') {
    const at = [...path, 'loadBalancer', 'simple'];
    yield finding('LINT021', at, { field: 'LEAST_CONN', want: 'LEAST_REQUEST' });
  }
  if ('warmupDurationSecs' in balancer) {
    yield finding('LINT021', [...path, 'loadBalancer', 'warmupDurationSecs'], {
      field: 'warmupDurationSecs',
      want: 'warmup',
    });
  }
  if (!isNested) return;
  if (valueAt(policy, 'outlierDetection', 'consecutiveErrors')) {
    const at = [...path, 'outlierDetection', 'consecutiveErrors'];
    yield finding('DR207', at, { field: 'consecutiveErrors', problem: 'use-consecutive-5xx' });
  }
  if (valueAt(balancer, 'consistentHash', 'minimumRingSize')) {
    const at = [...path, 'loadBalancer', 'consistentHash', 'minimumRingSize'];
    yield finding('DR207', at, { field: 'minimumRingSize', problem: 'use-ring-hash' });
  }
  const locality = objectAt(balancer, 'localityLbSetting');
  const hasFailover = isFilled(locality['failover']) || isFilled(locality['failoverPriority']);
  if (hasFailover && !isObject(policy['outlierDetection'])) {
    yield finding('DR207', [...path, 'loadBalancer', 'localityLbSetting'], {
      field: 'failover',
      problem: 'no-outlier-detection',
    });
  }
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
