import type { ForwardAction } from '../envoy/types.ts';
import { fieldValue, isGrpc, setField, type Field, type StreamRequest } from './request.ts';

/**
 * Tells the server of a gRPC call how long Envoy waits: as long as the caller says, but no longer than the rule allows for the call, or for one try.
 * Mirrors `FilterUtility::finalTimeout` and `setTimeoutHeaders` with `max_grpc_timeout`, which Istio always sets.
 */
export function setGrpcTimeout(fields: Field[], { waits }: ForwardAction, request: StreamRequest): void {
  if (!isGrpc(request)) return;
  const { call = 0, oneTry = 0 } = waits ?? {};
  const asked = readTimeout(fieldValue(fields, 'grpc-timeout') ?? '');
  const whole = shorter(asked, call);
  const expected = shorter(whole, oneTry);
  if (expected > 0) setField(fields, 'grpc-timeout', writeTimeout(expected));
}

/** 0 is for ever. */
function shorter(a: number, b: number): number {
  return a === 0 || b === 0 ? a + b : Math.min(a, b);
}

const inMilliseconds: ReadonlyMap<string, (value: number) => number> = new Map([
  ['H', (value) => value * 3_600_000],
  ['M', (value) => value * 60_000],
  ['S', (value) => value * 1000],
  ['m', (value) => value],
  ['u', (value) => Math.ceil(value / 1000)],
  ['n', (value) => Math.ceil(value / 1_000_000)],
]);

/** In milliseconds; what cannot be read is no limit. Mirrors `Grpc::Common::getGrpcTimeout`. */
function readTimeout(text: string): number {
  const [, digits, unit = ''] = /^([0-9]{1,8})([HMSmun])$/.exec(text) ?? [];
  return digits === undefined ? 0 : (inMilliseconds.get(unit)?.(Number(digits)) ?? 0);
}

const mostDigits = 99_999_999;

/** In the smallest unit in which eight digits are enough; mirrors `toGrpcTimeout`. */
function writeTimeout(expected: number): string {
  let value = expected;
  for (const [unit, perNext] of [['m', 1000] as const, ['S', 60] as const, ['M', 60] as const]) {
    if (value <= mostDigits) return `${value}${unit}`;
    value = Math.floor(value / perNext);
  }
  return `${Math.min(value, mostDigits)}H`;
}
