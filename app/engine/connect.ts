/** What a worker offers: named functions over plain data. */
export type Functions = Readonly<Record<string, (...given: never[]) => unknown>>;

/** A function that happens to run in a worker. */
export interface Connection<F extends Functions> {
  /** Rejects with `TooSlow` after `limit` milliseconds, `Crashed` if the function threw or the worker died. Answers come in order of asking. */
  ask<Name extends keyof F & string>(
    name: Name,
    given: Parameters<F[Name]>,
    limit: number,
  ): Promise<ReturnType<F[Name]>>;
}

export class TooSlow extends Error {}
export class Crashed extends Error {}

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly given: readonly unknown[];
}
export type Reply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The page's end of the wire. A worker that is too slow or dies is thrown away with all that waits for it; the next question gets a new one. */
export function connect<F extends Functions>(create: () => Worker): Connection<F> {
  let worker: Worker | undefined;
  let asked = 0;
  const waiting = new Map<number, Waiting>();

  const giveUp = (reason: Error) => {
    worker?.terminate();
    worker = undefined;
    for (const each of waiting.values()) {
      clearTimeout(each.timer);
      each.reject(reason);
    }
    waiting.clear();
  };

  const start = (): Worker => {
    const started = create();
    started.onmessage = ({ data }: MessageEvent<Reply>) => {
      const mine = waiting.get(data.id);
      if (mine === undefined) return;
      waiting.delete(data.id);
      clearTimeout(mine.timer);
      if ('error' in data) mine.reject(new Crashed(data.error));
      else mine.resolve(data.value as never);
    };
    started.onerror = (event) => giveUp(new Crashed(event.message));
    return started;
  };

  return {
    ask: (name, given, limit) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        asked += 1;
        const timer = setTimeout(() => giveUp(new TooSlow()), limit);
        waiting.set(asked, { resolve, reject, timer });
        worker.postMessage({ id: asked, name, given } satisfies Question);
      }),
  };
}

/** The worker's end of the wire. */
export function offer(functions: Functions): (question: Question) => Reply {
  return ({ id, name, given }) => {
    try {
      return { id, value: functions[name]?.(...(given as never[])) };
    } catch (error) {
      return { id, error: error instanceof Error ? error.message : String(error) };
    }
  };
}
