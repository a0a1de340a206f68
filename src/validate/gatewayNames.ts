import type { Path } from '../manifest/source.ts';
import { fqdnProblem, isDnsLabel } from './hostFormats.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

/**
 * References to Gateways; mirrors `validateGatewayNames`. Istio stops at the first reference without `/` (`mesh` too), so what follows is not looked at.
 * The callers for http and tcp conditions lose its warnings (`warnings: false`).
 */
export function validateGatewayNames(
  report: Report,
  path: Path,
  names: readonly string[],
  options: { readonly generated: boolean; readonly warnings: boolean },
): void {
  for (const [index, reference] of names.entries()) {
    const at = [...path, index];
    const slash = reference.indexOf('/');
    if (slash < 0) {
      checkOldForm(report, at, reference, options.warnings);
      return;
    }
    const namespace = reference.slice(0, slash);
    const name = reference.slice(slash + 1);
    if (!isDnsLabel(namespace)) refuse(report, 'VS004', at, { got: reference, part: 'namespace' });
    else if (name === '' || (!isDnsLabel(name) && !options.generated)) {
      refuse(report, 'VS004', at, { got: reference, part: 'name' });
    }
  }
}

/** `name`, or the older `name.namespace` and `name.namespace.svc.cluster.local`. */
function checkOldForm(report: Report, path: Path, reference: string, warnings: boolean): void {
  if (reference.includes('.') && warnings) {
    const [name = '', namespace = ''] = reference.split('.');
    warn(report, 'VS005', path, { got: reference, want: `${namespace}/${name}` });
  }
  const problem = fqdnProblem(reference);
  if (problem) refuse(report, 'VS006', path, { got: reference, problem });
}
