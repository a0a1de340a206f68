import { fieldAt } from '../../istio/schema/kinds.ts';
import { fix, type FixMaker, read, removeIt, renameTo, set, setTo, textParam } from './fix.ts';

/** Fixes for what is wrong with fields and values as such. */
export const LINT_FIXES: Readonly<Record<string, FixMaker>> = {
  LINT003: (fault) => [
    fix(
      'set-value',
      { want: 'networking.istio.io/v1' },
      set(fault, ['apiVersion'], 'networking.istio.io/v1'),
    ),
  ],
  LINT006: (fault) => [...renameTo('nearest')(fault), ...removeIt(fault)],
  LINT007: (fault) => [...renameTo('nearest')(fault), ...removeIt(fault)],
  LINT008: (fault) => {
    const { path } = fault.diagnostic.at;
    const want = textParam(fault, 'want');
    const value = read(fault, path);
    if (want === 'text' && (typeof value === 'boolean' || typeof value === 'number')) {
      return [fix('quote', { want: fault.written }, set(fault, path, fault.written))];
    }
    if (want === 'integer' && typeof value === 'string' && /^-?\d+$/.test(value)) {
      return [fix('unquote', { want: value }, set(fault, path, Number(value)))];
    }
    if (want === 'boolean' && (value === 'true' || value === 'false')) {
      return [fix('unquote', { want: value }, set(fault, path, value === 'true'))];
    }
    const items = want === 'list' ? fieldAt(fault.diagnostic.at.object.kind, path) : undefined;
    if (items?.type === 'list' && items.items.type === 'text' && typeof value === 'string') {
      return [fix('make-list', {}, set(fault, path, [value]))];
    }
    return [];
  },
  LINT009: setTo('nearest'),
  // No timeout at all is said by leaving the field out.
  LINT015: (fault) =>
    /^0\D/.test(textParam(fault, 'got') ?? '') && fault.diagnostic.at.path.at(-1) === 'timeout'
      ? removeIt(fault)
      : [],
  LINT017: removeIt,
  LINT018: removeIt,
  LINT019: removeIt,
  LINT201: (fault) => [
    fix(
      'set-value',
      { want: 'networking.istio.io/v1' },
      set(fault, ['apiVersion'], 'networking.istio.io/v1'),
    ),
  ],
  LINT202: renameTo('nearest'),
};
