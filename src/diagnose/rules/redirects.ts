import { isRedirectCode } from '../../compile/routeActions.ts';
import type { HTTPRedirect, HTTPRoute } from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** VS241, VS253, VS256, VS257: where a rule redirects to. */
export function* redirects(
  route: HTTPRoute,
  path: Path,
  earlier: readonly HTTPRoute[],
): Generator<LocalFinding> {
  const { redirect } = route;
  if (!redirect) return;
  const at = [...path, 'redirect'];
  const isRefused = !isRedirectCode(redirect.redirectCode);
  if (isRefused) yield finding('VS241', [...at, 'redirectCode'], { got: redirect.redirectCode ?? 0 });
  const { uri, authority, scheme, prefixRewrite } = redirect;
  if (uri !== undefined && uri !== '' && !uri.startsWith('/')) {
    yield finding('VS253', [...at, 'uri'], { got: uri, ...(!uri.includes('://') && { want: `/${uri}` }) });
  }
  if (authority !== undefined && /:\/\/|\//.test(authority)) {
    yield finding('VS257', [...at, 'authority'], { field: 'authority', problem: 'authority-with-more' });
  }
  const prefixes = (route.match ?? []).map((match) => match.uri?.prefix);
  const isWhole = prefixes.some((prefix) => prefix !== undefined && prefix !== '/' && prefix !== '');
  if (isWhole && uri?.startsWith('/') === true && prefixRewrite === undefined) {
    yield finding('VS257', [...at, 'uri'], { field: 'uri', problem: 'rest-of-path-lost' });
  }
  const staysAtHost =
    authority === undefined && scheme === undefined && !redirect.port && redirect.derivePort === undefined;
  if (staysAtHost && !isRefused && loops(route) && !earlier.some((each) => mayTakeTarget(each, redirect)))
    yield finding('VS256', at);
}

/** Whether the redirected path meets a match of the rule that asks for nothing but a path. */
function loops({ match = [], redirect }: HTTPRoute): boolean {
  const pathOf = (uri: string): string => uri.replace(/[?#].*$/, '');
  if (match.length === 0) return redirect?.uri !== undefined && redirect.prefixRewrite === undefined;
  return match.some((each) => {
    const { uri, name: _, ...rest } = each;
    if (Object.keys(rest).some((key) => key !== 'port' && key !== 'gateways' && key !== 'statPrefix'))
      return false;
    if (redirect?.uri !== undefined) {
      const target = pathOf(redirect.uri);
      if (uri === undefined) return true;
      if (uri.exact !== undefined) return uri.exact === target;
      return uri.prefix !== undefined && target.startsWith(uri.prefix);
    }
    return (
      redirect?.prefixRewrite !== undefined &&
      uri?.prefix !== undefined &&
      redirect.prefixRewrite.startsWith(uri.prefix)
    );
  });
}

/** Whether the rule may take a request that was redirected, whatever else it asks for. */
function mayTakeTarget({ match = [] }: HTTPRoute, { uri, prefixRewrite = '' }: HTTPRedirect): boolean {
  const target = (uri ?? prefixRewrite).replace(/[?#].*$/, '').toLowerCase();
  return (
    match.length === 0 ||
    match.some(({ uri: wanted }) => {
      if (wanted?.exact === undefined && wanted?.prefix === undefined) return true;
      const text = (wanted.exact ?? wanted.prefix ?? '').toLowerCase();
      // What follows the new prefix is the client's.
      if (uri === undefined && text.startsWith(target)) return true;
      return wanted.exact === undefined ? target.startsWith(text) : target === text;
    })
  );
}
