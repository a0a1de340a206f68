import { Fragment } from 'react';

type Part = string | { readonly code: string } | { readonly strong: string };

/** A phrase with its emphasis: text as it is, values as code, what matters strong. */
export function Said({ children }: { readonly children: readonly Part[] }) {
  return (
    <>
      {children.map((part, index) => {
        if (typeof part === 'string') return <Fragment key={index}>{part}</Fragment>;
        return 'code' in part ? <code key={index}>{part.code}</code> : <b key={index}>{part.strong}</b>;
      })}
    </>
  );
}
