import { describe, expect, it } from 'vitest';
import { refusedCommand } from '../../src/envoy/headerFormat.ts';

describe('refusedCommand', () => {
  it.each([
    'plain',
    '100%%',
    'a%%%PROTOCOL%%%b',
    '%REQ(x-user?:authority)%',
    '%REQ(x-user):3%',
    '%START_TIME(%Y-%m-%d)%',
    '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
    '%UPSTREAM_HOST%',
    '%RESPONSE_CODE_DETAILS%',
    '%PATH%',
    '%PATH(NQ:ORIG)%',
    '%GRPC_STATUS(NUMBER)%',
    '%DYNAMIC_METADATA(a:b)%',
  ])('lets pass %s', (value) => {
    expect(refusedCommand(value)).toBeUndefined();
  });
  it.each([
    ['%USER%', '%USER%'],
    ['a%PROTOCOL%b%user%', '%user%'],
    ['%REQ%', '%REQ%'],
    ['%REQ(a?b?c)%', '%REQ(a?b?c)%'],
    ['%REQ(a b)%', '%REQ(a b)%'],
    ['%PROTOCOL(x)%', '%PROTOCOL(x)%'],
    ['%PROTOCOL:3%', '%PROTOCOL:3%'],
    ['%PATH(nq)%', '%PATH(nq)%'],
    ['%QUERY_PARAMS(x)%', '%QUERY_PARAMS(x)%'],
    ['%GRPC_STATUS(x)%', '%GRPC_STATUS(x)%'],
  ])('of %s is %s', (value, command) => {
    expect(refusedCommand(value)).toBe(command);
  });
});
