import { isObject, listAt, numberAt, plainText, textAt, textsAt } from '../../src/gesture/board.ts';
import type { Json } from '../../src/manifest/source.ts';

/** An item of a list in one line, for the list of its neighbours: what tells it apart. */
export function summaryOf(list: string, item: Json): string {
  if (!isObject(item)) return item === null ? 'empty' : plainText(item);
  switch (list) {
    case 'servers':
      return joined(
        `${numberAt(item, ['port', 'number']) ?? '?'} ${textAt(item, ['port', 'protocol']) ?? ''}`,
        textAt(item, ['tls', 'mode']) ?? '',
        textsAt(item, ['hosts']).join(', '),
      );
    case 'http':
    case 'tls':
    case 'tcp':
      return joined(textAt(item, ['name']) ?? '', conditionsOf(item), actionOf(item));
    case 'match':
      return matchOf(item) || 'everything';
    case 'route':
    case 'mirrors':
      return joined(destinationOf(item['destination'] ?? null), weightOf(item));
    case 'subsets':
      return joined(textAt(item, ['name']) ?? '', pairs(item['labels'] ?? null));
    case 'ports':
      return joined(
        String(numberAt(item, ['number']) ?? numberAt(item, ['port']) ?? '?'),
        textAt(item, ['name']) ?? '',
        textAt(item, ['protocol']) ?? '',
      );
    case 'endpoints':
      return joined(textAt(item, ['address']) ?? '', pairs(item['labels'] ?? null));
    default:
      return pairs(item);
  }
}

function conditionsOf(rule: Json): string {
  const matches = listAt(rule, ['match']);
  if (matches.length === 0) return 'everything';
  const [first = null] = matches;
  return (matchOf(first) || 'everything') + (matches.length > 1 ? ` or ${matches.length - 1} more` : '');
}

function matchOf(match: Json): string {
  if (!isObject(match)) return '';
  return Object.entries(match)
    .filter(([key]) => key !== 'name')
    .map(([key, value]) => (key === 'uri' ? stringMatch('path', value) : conditionOf(key, value)))
    .join(', ');
}

function conditionOf(key: string, value: Json): string {
  if (Array.isArray(value)) return `${key} ${value.join(', ')}`;
  if (!isObject(value)) return `${key} ${plainText(value)}`;
  const named = ['headers', 'withoutHeaders', 'queryParams'].includes(key);
  if (!named) return key === 'sourceLabels' ? `${key} ${pairs(value)}` : stringMatch(key, value);
  return Object.entries(value)
    .map(([name, each]) => stringMatch(key === 'withoutHeaders' ? `not ${name}` : name, each))
    .join(', ');
}

function stringMatch(name: string, value: Json): string {
  if (!isObject(value)) return name;
  const [how, what] = Object.entries(value)[0] ?? ['present', ''];
  return how === 'exact' ? `${name} = ${plainText(what)}` : `${name} ${how} ${plainText(what)}`.trim();
}

function actionOf(rule: Json): string {
  if (!isObject(rule)) return '';
  if (isObject(rule['redirect'])) return 'redirects';
  if (isObject(rule['directResponse']))
    return `answers ${numberAt(rule, ['directResponse', 'status']) ?? ''}`;
  if (isObject(rule['delegate'])) return `delegates to ${textAt(rule, ['delegate', 'name']) ?? ''}`;
  const route = listAt(rule, ['route']);
  const [first = null] = route;
  const to = isObject(first) ? destinationOf(first['destination'] ?? null) : '';
  if (route.length === 0) return 'does nothing';
  return route.length > 1 ? `to ${to} and ${route.length - 1} more` : `to ${to}`;
}

function destinationOf(destination: Json): string {
  const subset = textAt(destination, ['subset']);
  const port = numberAt(destination, ['port', 'number']);
  const host = (textAt(destination, ['host']) ?? '?').replace(/\.svc\.cluster\.local$/, '');
  return `${host}${port === undefined ? '' : `:${port}`}${subset === undefined ? '' : ` ${subset}`}`;
}

function weightOf(item: Json): string {
  const weight = numberAt(item, ['weight']);
  return weight === undefined ? '' : `weight ${weight}`;
}

function pairs(value: Json): string {
  if (!isObject(value)) return '';
  return Object.entries(value)
    .slice(0, 4)
    .map(([key, each]) => `${key}: ${typeof each === 'object' ? '…' : String(each)}`)
    .join(', ');
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join(' · ');
}
