/* A line with suggestions has no element of its own: `datalist` filters by all that stands in the line, which is a whole URL. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
import { useId, useState, type KeyboardEvent } from 'react';
import type { Vocabulary } from '../../src/analyse.ts';
import { shortHost } from '../../src/explain/names.ts';
import type { Call } from '../../src/simulate/call.ts';
import { setCall, useCall, useReport, useView } from '../store/store.ts';
import { addressOf, addressText, followsHost, readAddress, withAddress } from './address.ts';
import { isCurl, readCurl, type ReadCurl } from './curl.ts';

const SHOWN = 9;

/** Scheme, host, port and path as one line that is typed or pasted; it completes from what the text names. */
export function AddressLine() {
  const call = useCall();
  const { report } = useReport();
  const unlinked = useView()['sniUnlinked'] === true;
  const [draft, setDraft] = useState<string>();
  const [marked, setMarked] = useState(-1);
  const [open, setOpen] = useState(false);
  const id = useId();
  const address = addressOf(call);
  const shown = draft ?? addressText(address);
  const read = draft === undefined ? undefined : readLine(draft, call, !unlinked);
  const error = read !== undefined && 'error' in read ? read.error : undefined;
  const offers = open ? offersFor(shown, draft !== undefined, urlsFor(call, report?.vocabulary)) : [];

  const take = (text: string): void => {
    const typed = readLine(text, call, !unlinked);
    if (!('error' in typed)) setCall({ tls: undefined, http: undefined, ...typed.call });
  };
  const choose = (text: string): void => {
    take(text);
    setDraft(undefined);
    setOpen(false);
    setMarked(-1);
  };
  const walk = (event: KeyboardEvent): void => {
    const offer = offers[marked];
    switch (event.key) {
      case 'ArrowDown':
        setOpen(true);
        setMarked(Math.min(marked + 1, offers.length - 1));
        break;
      case 'ArrowUp':
        setMarked(Math.max(marked - 1, -1));
        break;
      case 'Enter':
        // What cannot be asked stays, with the reason.
        if (offer === undefined && error !== undefined) setOpen(false);
        else choose(offer ?? shown);
        break;
      case 'Escape':
        setOpen(false);
        setMarked(-1);
        setDraft(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div className="address">
      <span className="address-shown" aria-hidden>
        <span className="dim">{address.scheme}://</span>
        <b>{address.host}</b>
        {address.port === undefined ? '' : `:${address.port}`}
        {address.path}
      </span>
      <input
        type="text"
        role="combobox"
        aria-label="URL"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-autocomplete="list"
        aria-activedescendant={marked >= 0 && offers[marked] !== undefined ? `${id}-${marked}` : undefined}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={shown}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setDraft(event.target.value);
          setOpen(true);
          setMarked(-1);
          take(event.target.value);
        }}
        onPaste={(event) => {
          // The field would lose the line ends.
          const text = event.clipboardData.getData('text/plain');
          if (!isCurl(text)) return;
          const pasted = readCurl(text, call);
          if ('error' in pasted) return;
          event.preventDefault();
          choose(text);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => {
          setDraft(undefined);
          setOpen(false);
          setMarked(-1);
        }}
        onKeyDown={walk}
      />
      {error === undefined ? null : (
        <span className="address-error fail" id={`${id}-error`}>
          {error}
        </span>
      )}
      <ul
        className="offers float"
        id={`${id}-offers`}
        role="listbox"
        aria-label="URLs of this text"
        hidden={offers.length === 0}
      >
        {offers.map((offer, index) => (
          <li
            key={offer}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === marked}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(offer);
            }}
          >
            {offer}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A URL or a command for curl; `follows`: the SNI follows the host as long as it is the host's. */
function readLine(text: string, call: Call, follows: boolean): ReadCurl {
  if (isCurl(text)) return readCurl(text, call);
  const read = readAddress(text, call);
  return 'error' in read ? read : { call: withAddress(call, read.address, follows && followsHost(call)) };
}

/** What a client outside may ask for; inside the mesh the ports of services, under the names that pods use. */
function urlsFor({ from }: Call, vocabulary: Vocabulary | undefined): readonly string[] {
  if (vocabulary === undefined) return [];
  if (from.kind === 'outside') return vocabulary.urls;
  return vocabulary.services.flatMap(({ host, ports }) =>
    ports.map(({ number }) => `http://${shortHost(host)}${number === 80 ? '' : `:${number}`}/`),
  );
}

/** What contains the words that are typed; the beginning of the list where nothing is typed yet. */
function offersFor(text: string, typed: boolean, urls: readonly string[]): readonly string[] {
  if (!typed) return urls.slice(0, SHOWN);
  const words = text.trim().toLowerCase();
  const begin = urls.filter((url) => url.toLowerCase().startsWith(words));
  const bare = words.replace(/^[a-z]+:\/\//, '');
  const rest = urls.filter((url) => !begin.includes(url) && url.toLowerCase().includes(bare));
  return [...begin, ...rest].filter((url) => url !== text).slice(0, SHOWN);
}
