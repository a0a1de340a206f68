import { readIpPrefix } from '../../ipAddress.ts';
import { composeDocument } from '../../manifest/yaml/compose.ts';
import { evaluate } from '../../manifest/yaml/evaluate.ts';
import { isObject } from './fields.ts';
import { type AnalyzeMessage, type Inventory, type Item, message } from './inventory.ts';

/** Where an annotation may stand. `*`: anywhere. */
interface Annotation {
  readonly on: readonly string[];
  readonly deprecated?: boolean;
  readonly accepts?: (value: string) => boolean;
}

const pod = (accepts?: (value: string) => boolean): Annotation => ({
  on: ['Pod'],
  ...(accepts && { accepts }),
});
const OLD_POD: Annotation = { on: ['Pod'], deprecated: true };
const OLD_SERVICE: Annotation = { on: ['Service'], deprecated: true };

/** Istio's list of annotations (`istio.io/api`, package annotation) with the values that the injector takes (`inject.AnnotationValidation`). */
const ANNOTATIONS: Readonly<Record<string, Annotation>> = {
  'alpha.istio.io/canonical-serviceaccounts': OLD_SERVICE,
  'alpha.istio.io/kubernetes-serviceaccounts': OLD_SERVICE,
  'ambient.istio.io/bypass-inbound-capture': pod(),
  'ambient.istio.io/dns-capture': pod(),
  'ambient.istio.io/redirection': pod(),
  'ambient.istio.io/waypoint-inbound-binding': { on: ['GatewayClass', 'Gateway'] },
  'galley.istio.io/analyze-suppress': { on: ['*'] },
  'gateway.istio.io/name-override': { on: ['Gateway'] },
  'gateway.istio.io/service-account': { on: ['Gateway'] },
  'inject.istio.io/templates': pod(),
  'istio.io/autoRegistrationGroup': { on: ['WorkloadEntry'] },
  'istio.io/connectedAt': { on: ['WorkloadEntry'] },
  'istio.io/disconnectedAt': { on: ['WorkloadEntry'] },
  'istio.io/dry-run': { on: ['AuthorizationPolicy'] },
  'istio.io/reroute-virtual-interfaces': pod(isInterfaceList),
  'istio.io/use-waypoint-canary-weight': { on: ['Service', 'ServiceEntry', 'Namespace'] },
  'istio.io/workloadController': { on: ['WorkloadEntry'] },
  'kubernetes.io/ingress.class': { on: ['Ingress'] },
  'networking.istio.io/exportTo': { on: ['Service'] },
  'networking.istio.io/service-type': { on: ['Gateway'] },
  'networking.istio.io/traffic-distribution': { on: ['Namespace', 'Service', 'ServiceEntry'] },
  'prometheus.istio.io/merge-metrics': pod(isBoolean),
  'proxy.istio.io/config': pod(isYamlMapping),
  'proxy.istio.io/overrides': pod(),
  'readiness.status.sidecar.istio.io/applicationPorts': pod(),
  'readiness.status.sidecar.istio.io/failureThreshold': pod(isUint32),
  'readiness.status.sidecar.istio.io/initialDelaySeconds': pod(isUint32),
  'readiness.status.sidecar.istio.io/periodSeconds': pod(isUint32),
  'sidecar.istio.io/agentLogLevel': pod(),
  'sidecar.istio.io/bootstrapOverride': pod(),
  'sidecar.istio.io/componentLogLevel': pod(),
  'sidecar.istio.io/discoveryAddress': OLD_POD,
  'sidecar.istio.io/extraStatTags': OLD_POD,
  'sidecar.istio.io/inject': OLD_POD,
  'sidecar.istio.io/interceptionMode': pod((value) => ['REDIRECT', 'TPROXY', 'NONE'].includes(value)),
  'sidecar.istio.io/logLevel': pod(),
  'sidecar.istio.io/nativeSidecar': pod(),
  'sidecar.istio.io/proxyCPU': pod(isQuantity),
  'sidecar.istio.io/proxyCPULimit': pod(isQuantity),
  'sidecar.istio.io/proxyImage': pod(),
  'sidecar.istio.io/proxyImageType': pod(),
  'sidecar.istio.io/proxyMemory': pod(isQuantity),
  'sidecar.istio.io/proxyMemoryLimit': pod(isQuantity),
  'sidecar.istio.io/rewriteAppHTTPProbers': pod(),
  'sidecar.istio.io/statsCompression': OLD_POD,
  'sidecar.istio.io/statsEvictionInterval': pod(),
  'sidecar.istio.io/statsFlushInterval': pod(),
  'sidecar.istio.io/statsHistogramBins': pod(),
  'sidecar.istio.io/statsHistogramBuckets': pod(),
  'sidecar.istio.io/statsInclusionPrefixes': OLD_POD,
  'sidecar.istio.io/statsInclusionRegexps': OLD_POD,
  'sidecar.istio.io/statsInclusionSuffixes': OLD_POD,
  'sidecar.istio.io/userVolume': pod(),
  'sidecar.istio.io/userVolumeMount': pod(),
  'status.sidecar.istio.io/port': pod(isPortNumber),
  'topology.istio.io/controlPlaneClusters': { on: ['Namespace'] },
  'traffic.istio.io/nodeSelector': { on: ['Service'] },
  'traffic.sidecar.istio.io/excludeInboundPorts': pod(isPortList),
  'traffic.sidecar.istio.io/excludeInterfaces': pod(isInterfaceList),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': pod(isPrefixList),
  'traffic.sidecar.istio.io/excludeOutboundPorts': pod(isPortList),
  'traffic.sidecar.istio.io/includeInboundPorts': pod((value) => value === '*' || isPortList(value)),
  'traffic.sidecar.istio.io/includeOutboundIPRanges': pod((value) => value === '*' || isPrefixList(value)),
  'traffic.sidecar.istio.io/includeOutboundPorts': pod(),
  'traffic.sidecar.istio.io/kubevirtInterfaces': { ...OLD_POD, accepts: isInterfaceList },
};

/** Set by Istio itself, so never reported (`maturity.AlwaysIgnoredAnnotations`). */
const SET_BY_ISTIO = new Set([
  'sidecar.istio.io/status',
  'gateway.istio.io/controller-version',
  'istio.io/rev',
]);

const INJECT = 'sidecar.istio.io/inject';

/** IST0107, IST0108, IST0125, IST0135; mirrors `annotations.K8sAnalyzer`. */
export function* misusedAnnotations({
  namespaces,
  services,
  pods,
  deployments,
}: Pick<Inventory, 'deployments' | 'namespaces' | 'pods' | 'services'>): Generator<AnalyzeMessage> {
  for (const item of [...namespaces, ...services, ...pods, ...deployments]) yield* annotationsOf(item);
}

function* annotationsOf(item: Item): Generator<AnalyzeMessage> {
  for (const [name, value] of item.annotations) {
    if (!isIstioAnnotation(name) || SET_BY_ISTIO.has(name)) continue;
    const report = (ist: string, what: string): AnalyzeMessage =>
      message(item, ist, 'LINT024', ['metadata', 'annotations', name], {
        annotation: name,
        value,
        what,
        kind: item.ref.kind,
        kinds: annotation?.on ?? [],
      });
    const annotation = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
    if (annotation === undefined) {
      yield report('IST0108', 'unknown');
      continue;
    }
    if (annotation.deprecated === true && !(name === INJECT && item.labels.has(INJECT))) {
      yield report('IST0135', 'deprecated');
    }
    if (annotation.on.includes('*')) continue;
    if (!annotation.on.includes(item.ref.kind)) yield report('IST0107', 'misplaced');
    else if (annotation.accepts?.(value) === false) yield report('IST0125', 'invalid');
  }
}

function isIstioAnnotation(name: string): boolean {
  return name === 'kubernetes.io/ingress.class' || (name.split('/')[0] ?? '').endsWith('istio.io');
}

/** `strconv.ParseBool`. */
function isBoolean(value: string): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value);
}

function isUint32(value: string): boolean {
  return /^\d+$/.test(value) && Number(value) <= 0xffffffff;
}

function isPortNumber(value: string): boolean {
  const text = value.trim();
  return /^\d+$/.test(text) && Number(text) <= 0xffff;
}

function isPortList(value: string): boolean {
  return value.trim() === '' || value.split(',').every(isPortNumber);
}

function isPrefixList(value: string): boolean {
  return (
    value === '' || value.split(',').every((each) => each.includes('/') && readIpPrefix(each) !== undefined)
  );
}

function isInterfaceList(value: string): boolean {
  return value === '' || value.split(',').every((each) => /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/.test(each.trim()));
}

/** Whether it can be read as a ProxyConfig at all; what stands in it is not looked at. */
function isYamlMapping(value: string): boolean {
  const { root, failure } = composeDocument(value);
  if (failure !== undefined || root === undefined) return failure === undefined;
  const evaluated = evaluate(root);
  return evaluated.failure === undefined && (evaluated.value === null || isObject(evaluated.value));
}

/** Kubernetes' quantities: `100m`, `1.5Gi`, `1e3`. */
function isQuantity(value: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(value);
}
