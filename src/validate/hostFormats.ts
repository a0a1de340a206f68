import { isIpAddress, readIpPrefix } from '../ipAddress.ts';

/*
 * The formats of names and addresses that Istio's webhook knows. Each `…Problem` answers with the reason for which the text is refused, or undefined.
 */

export type HostProblem = 'empty' | 'too-long' | 'bad-label' | 'numeric-last-label' | 'sni-form';

const label = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const dnsLabel = new RegExp(`^${label}$`);
const wildcardLabel = new RegExp(`^(?:\\*|(?:\\*|\\*-)?${label})$`);
const labelName = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelKey = new RegExp(`^(?:(${label}(?:\\.${label})*)/)?(${labelName})$`);
const labelValue = new RegExp(`^(?:${labelName})?$`);

/** At most 63 letters, digits and inner hyphens; mirrors `IsDNS1123Label`. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text);
}

/** A DNS label, `*`, or one after `*` or `*-`; mirrors `IsWildcardDNS1123Label`. */
function isWildcardLabel(text: string): boolean {
  return text.length <= 63 && wildcardLabel.test(text);
}

/** Mirrors `ValidateFQDN`: dot-separated labels, the last one no number; a trailing dot is fine, one label too. */
export function fqdnProblem(text: string): HostProblem | undefined {
  return lengthProblem(text) ?? labelsProblem(text);
}

/** Mirrors `ValidateWildcardDomain`: the same, with a wildcard label in front. */
export function wildcardDomainProblem(text: string): HostProblem | undefined {
  const length = lengthProblem(text);
  if (length) return length;
  const dot = text.indexOf('.');
  if (!isWildcardLabel(dot < 0 ? text : text.slice(0, dot))) return 'bad-label';
  return dot < 0 ? undefined : labelsProblem(text.slice(dot + 1));
}

/**
 * Mirrors `ValidateWildcardDomainForVirtualServiceBoundToGateway`: where server names are matched, `outbound_.<port>_._.<host>` is a name too,
 * as AUTO_PASSTHROUGH gateways see it.
 */
export function gatewayDomainProblem(text: string, serverNames: boolean): HostProblem | undefined {
  if (text !== '' && text.length <= 255 && serverNames && text.startsWith('outbound_')) {
    const [, port, , host] = text.split('_');
    return host !== undefined && /[0-9]/.test(port ?? '') && /[a-zA-Z]/.test(host) ? undefined : 'sni-form';
  }
  return wildcardDomainProblem(text);
}

/** A wildcard that is not the whole first label, such as `*foo.example.com`; mirrors `ValidatePartialWildCard`. */
export function isPartialWildcard(text: string): boolean {
  return text.includes('*') && text.length > 1 && !text.startsWith('*.');
}

/** An address, or with a `/` a range; mirrors `ValidateIPSubnet`. */
export function isIpOrCidr(text: string): boolean {
  return text.split('/').length === 2 ? readIpPrefix(text) !== undefined : isIpAddress(text);
}

/** What follows `unix://`: an absolute path to a file, or `@` and a name; mirrors `ValidateUnixAddress`. */
export function isUnixPath(text: string): boolean {
  return text.startsWith('@') || (text.startsWith('/') && !text.endsWith('/'));
}

/** 1 to 65535; mirrors `ValidatePort`. */
export function isPort(number: number): boolean {
  return number >= 1 && number <= 65_535;
}

/** Mirrors `validateTagKey`: a name, optionally after a DNS name and `/`. */
export function isLabelKey(text: string): boolean {
  const match = labelKey.exec(text);
  return match !== null && (match[1]?.length ?? 0) <= 253 && (match[2]?.length ?? 0) <= 63;
}

/** The value of a label; Istio sets no limit to its length. */
export function isLabelValue(text: string): boolean {
  return labelValue.test(text);
}

function lengthProblem(text: string): HostProblem | undefined {
  if (text === '') return 'empty';
  return text.length > 255 ? 'too-long' : undefined;
}

function labelsProblem(text: string): HostProblem | undefined {
  const labels = text.split('.');
  if (isGoInteger(labels.at(-1) ?? '')) return 'numeric-last-label';
  if (labels.at(-1) === '') labels.pop();
  return labels.every(isDnsLabel) ? undefined : 'bad-label';
}

/** Whether Go's `strconv.Atoi` reads the text: what does not fit into 64 bits is no integer to it. */
export function isGoInteger(text: string): boolean {
  return (
    /^[-+]?[0-9]+$/.test(text) &&
    BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
  );
}
