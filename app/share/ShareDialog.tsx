import { Download, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { copy, downloadText } from '../files/files.ts';
import { open, useText } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { linkNow, mostLength, safeLength } from './copyLink.ts';
import { findSecrets } from './secrets.ts';
import './share.css';

/** Before something leaves the page: how large the link is, and what should not travel in it. */
export function ShareDialog() {
  const text = useText();
  const secrets = useMemo(() => findSecrets(text), [text]);
  const [leaveOut, setLeaveOut] = useState(true);
  const without = secrets.length > 0 && leaveOut;
  const link = useMemo(() => linkNow(without), [without]);
  const length = link.length.toLocaleString('en');
  const take = async () => {
    if (await copy(link, `Link copied, ${length} characters.`)) open(undefined);
  };
  return (
    <Dialog
      title="Copy link"
      description="The link holds the text, the request and this view. They stand after the #, so no server sees them."
      onClose={() => open(undefined)}
      foot={
        <>
          <Button look="quiet" icon={<Download size={14} strokeWidth={1.5} />} onClick={downloadText}>
            Download a file instead
          </Button>
          <span className="grow" />
          <Button look="primary" disabled={link.length > mostLength} onClick={() => void take()}>
            {secrets.length === 0 ? 'Copy link' : without ? 'Copy link without them' : 'Copy link with them'}
          </Button>
        </>
      }
    >
      <input
        className="input mono link-field"
        aria-label="Link"
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <p className="link-size">
        <b>{length}</b> characters
        <span className="dim">{sizeWords(link.length)}</span>
      </p>
      {secrets.length === 0 ? null : (
        <fieldset className="secrets">
          <legend className="sr">Secrets in the text</legend>
          <p className="secrets-head">
            <TriangleAlert size={16} strokeWidth={1.5} aria-hidden />
            <b>
              {secrets.length === 1
                ? 'A secret is in this text.'
                : `${secrets.length} secrets are in this text.`}
            </b>
          </p>
          <ul className="secrets-list">
            {secrets.slice(0, 8).map(({ what, line, start }) => (
              <li key={start}>
                {what}, <span className="dim">line {line}</span>
              </li>
            ))}
            {secrets.length > 8 ? <li className="dim">and {secrets.length - 8} more</li> : null}
          </ul>
          <label className="choice" htmlFor="secrets-out">
            <input
              id="secrets-out"
              type="radio"
              name="secrets"
              checked={leaveOut}
              onChange={() => setLeaveOut(true)}
            />
            <b>Leave them out</b>
            <span className="dim">of the link; your text keeps them</span>
          </label>
          <label className="choice" htmlFor="secrets-in">
            <input
              id="secrets-in"
              type="radio"
              name="secrets"
              checked={!leaveOut}
              onChange={() => setLeaveOut(false)}
            />
            <b>Put them in</b>
            <span className="dim">everyone with the link can read them</span>
          </label>
        </fieldset>
      )}
    </Dialog>
  );
}

function sizeWords(length: number): string {
  if (length > mostLength) return 'longer than a browser opens: send the file instead';
  if (length > safeLength) return 'chat and mail programs may cut it: a file is safer';
  return 'short enough for chat and mail';
}
