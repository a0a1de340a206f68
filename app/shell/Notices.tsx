import { goBack } from '../session.ts';
import { askAgain, dropNotice, useReport, useStore } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Strip } from '../ui/Strip.tsx';

/** Bars across the page: a copy from a link, an engine that gave up, a promise that cannot be kept. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const back = useStore((state) => state.work.back);
  const name = useStore((state) => state.work.name);
  const { failure } = useReport();
  return (
    <>
      {back === undefined ? null : (
        <Strip
          level="calm"
          actions={
            <Button small onClick={() => void goBack()}>
              Back to your own work
            </Button>
          }
        >
          This is a copy of <b>{name}</b>, opened from a link. Changes stay in this copy; your own work is as
          you left it.
        </Strip>
      )}
      {failure === undefined ? null : (
        <Strip
          level="fail"
          actions={
            <Button small onClick={askAgain}>
              Try again
            </Button>
          }
        >
          {failure.kind === 'too-slow'
            ? `Reading this text took longer than ${failure.seconds} seconds and was stopped. The answer below is an older one; a change tries again.`
            : `Gatehouse failed on this text, which is a fault of ours (${failure.message}). The answer below is an older one; a change tries again.`}
        </Strip>
      )}
      {notices.map(({ id, level, text }) => (
        <Strip
          key={id}
          level={level}
          actions={
            <Button small onClick={() => dropNotice(id)}>
              Understood
            </Button>
          }
        >
          {text}
        </Strip>
      ))}
    </>
  );
}
