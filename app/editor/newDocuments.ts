import { kinds } from '../../src/istio/schema/kinds.ts';
import type { Suggestion } from './suggestion.ts';

/** Whole documents, with what a kind cannot be without. */
export const newDocuments: readonly Suggestion[] = (
  [
    [
      'Gateway',
      'networking.istio.io/v1',
      'selector:\n    istio: ${2:ingressgateway}\n  servers:\n    - port:\n        number: ${3:80}\n        name: http\n        protocol: HTTP\n      hosts:\n        - ${4:shop.example.com}$0',
    ],
    [
      'VirtualService',
      'networking.istio.io/v1',
      'hosts:\n    - ${2:shop.example.com}\n  gateways:\n    - $3\n  http:\n    - route:\n        - destination:\n            host: ${4:shop}$0',
    ],
    [
      'DestinationRule',
      'networking.istio.io/v1',
      'host: ${2:shop}\n  subsets:\n    - name: ${3:v1}\n      labels:\n        version: ${4:v1}$0',
    ],
    [
      'ServiceEntry',
      'networking.istio.io/v1',
      'hosts:\n    - ${2:api.example.com}\n  location: MESH_EXTERNAL\n  resolution: DNS\n  ports:\n    - number: ${3:443}\n      name: tls\n      protocol: TLS$0',
    ],
    ['Service', 'v1', 'selector:\n    app: ${2:shop}\n  ports:\n    - name: http\n      port: ${3:80}$0'],
  ] as const
).map(([kind, apiVersion, spec], rank) => ({
  label: `New ${kind}`,
  kind: 'document',
  snippet: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: \${1:${kind === 'Gateway' ? 'gateway' : 'shop'}}\nspec:\n  ${spec}\n`,
  ...docOf(kind),
  rank,
}));

function docOf(kind: string): { doc?: string } {
  const found = kinds.find((each) => each.kind === kind);
  return found === undefined ? {} : { doc: found.doc };
}
