import { describe, expect, it } from 'vitest';
import { prepareRequest } from '../../src/simulate/prepareRequest.ts';

function kept(name: string, value: string, useRemoteAddress: boolean): boolean {
  const prepared = prepareRequest(
    { protocol: 'http/1.1', method: 'GET', authority: 'a.com', path: '/', fields: [[name, value]] },
    { secure: false, useRemoteAddress, clientCertificate: false },
  );
  return prepared.request.fields.some(([field]) => field === name);
}

describe('prepareRequest', () => {
  it.each<[string, atGateway: boolean, atSidecar: boolean]>([
    ['x-envoy-original-path', false, true],
    ['x-envoy-decorator-operation', false, true],
    ['x-envoy-downstream-service-node', false, true],
    ['x-envoy-upstream-stream-duration-ms', false, false],
    ['x-envoy-attempt-count', true, true],
    ['traceparent', true, true],
  ])('keeps %s at a gateway: %s, at a sidecar: %s', (name, atGateway, atSidecar) => {
    expect(kept(name, '1', true)).toBe(atGateway);
    expect(kept(name, '1', false)).toBe(atSidecar);
  });
  it('believes what a caller in the mesh says of its protocol, be it nothing', () => {
    const proto = (value: string, useRemoteAddress: boolean): string =>
      prepareRequest(
        {
          protocol: 'http/1.1',
          method: 'GET',
          authority: 'a.com',
          path: '/',
          fields: [['x-forwarded-proto', value]],
        },
        { secure: false, useRemoteAddress, clientCertificate: false },
      ).request.forwardedProto;
    expect(['', 'https'].map((value) => proto(value, false))).toEqual(['', 'https']);
    expect(['', 'https'].map((value) => proto(value, true))).toEqual(['http', 'http']);
  });
  it.each([
    ['https://a.com:81/x?y=z', true],
    ['/x:y', true],
    ['', true],
    ['ftp://a.com', true],
    ['x:y', false],
    ['https://me@a.com/', false],
    ['https://a.com/#x', false],
    ['https://a_b/', false],
    ['https:///x', false],
    ['/a b', false],
  ])('keeps Referer %j: %s', (value, expected) => {
    expect(kept('referer', value, true)).toBe(expected);
  });
});
