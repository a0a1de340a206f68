import type { Refusal, Step, TlsStep } from '../simulate/trace.ts';
import { phrase, say, type Phrase } from './phrase.ts';
import type { ToldStep } from './told.ts';
import { plainStep } from './toldStep.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** Undefined where there is nothing to say: plain text on a plain port. */
export function tellTls(step: TlsStep): ToldStep | undefined {
  if (step.mode === 'NONE') return undefined;
  if (step.refused !== undefined) {
    return {
      ...plainStep(step.kind, 'TLS', step.mode, step.at, { says: refusalSays(step.refused) }),
      state: 'stopped',
    };
  }
  if (step.mode === 'PASSTHROUGH') {
    return plainStep(step.kind, 'TLS', 'PASSTHROUGH', step.at, {
      says: phrase('Stays encrypted: the bytes go on untouched.'),
    });
  }
  const { alpn, version } = step.agreed ?? {};
  const certificate =
    step.asked === 'not-asked'
      ? 'asks for no client certificate'
      : step.asked === 'optional'
        ? 'would take a client certificate'
        : 'the client shows its certificate';
  const agrees = alpn === undefined ? 'agrees on no protocol, so HTTP/1.1' : say`agrees on ${alpn}`;
  return plainStep(step.kind, 'TLS', version === undefined ? step.mode : `${step.mode} ${version}`, step.at, {
    says: phrase('Ends here, ', agrees, `, ${certificate}.`),
  });
}

/** Why a connection or a request is refused before any rule is read, as one sentence. */
function refusalSays(refusal: Refusal): Phrase {
  switch (refusal) {
    case 'client-certificate-required':
      return phrase('The server wants a client certificate, and the client shows none: the handshake fails.');
    case 'tls-version-refused':
      return phrase('Client and server have no TLS version in common: the handshake fails.');
    case 'plaintext-to-tls':
      return phrase('The client sends plain text to a server that ends TLS: Envoy closes the connection.');
    case 'tls-to-plaintext':
      return phrase(
        'The client starts TLS on a port that speaks plain HTTP: Envoy cannot read it and closes.',
      );
    case 'not-http':
      return phrase('The bytes are not HTTP, and the server reads HTTP: Envoy closes the connection.');
    case 'http-1.0':
      return phrase('Envoy does not speak HTTP/1.0 here and answers that an upgrade is required.');
    case 'malformed':
      return phrase('Envoy cannot read this request and answers it by itself.');
    case 'malformed-http2':
      return phrase('The request has what HTTP/2 forbids: Envoy closes the connection without an answer.');
  }
}

/** Undefined where the codec only did its duty. */
export function tellCodec(step: StepOf<'codec'>): ToldStep | undefined {
  if (step.refused === undefined) return undefined;
  return {
    ...plainStep(step.kind, 'Codec', step.protocol, [], { says: refusalSays(step.refused) }),
    state: 'stopped',
  };
}

export function tellPath(step: StepOf<'path'>): ToldStep {
  return plainStep(step.kind, 'Path', 'normalize_path', [], {
    says: say`Before rules are read, ${step.sent} becomes ${step.normalized}.`,
  });
}
