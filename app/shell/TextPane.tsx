import { File, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { YamlPane } from '../editor/YamlPane.tsx';
import { AddMenu } from '../design/AddMenu.tsx';
import { openFiles } from '../files/files.ts';
import { setView, useReport, useStore, useView } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Tabs } from '../ui/Tabs.tsx';

const FormPane = lazy(() => import('../form/FormPane.tsx').then((form) => ({ default: form.FormPane })));

/** What is written: its head, with how much of it the engine could take, and the editor or a form for what is selected. */
export function TextPane() {
  const { yamlTab } = useView();
  const isEmpty = useStore((state) => state.work.text.trim() === '');
  // The editor keeps its place while the form is shown, and is not loaded for somebody who only wants the form.
  const [edited, setEdited] = useState(yamlTab === 'yaml');
  if (yamlTab === 'yaml' && !edited) setEdited(true);
  return (
    <section className="pane yaml" aria-label="YAML">
      <div className="pane-head">
        <Tabs
          label="Views of the text"
          value={yamlTab}
          controls="text-panel"
          tabs={[
            { value: 'yaml', label: 'YAML' },
            { value: 'form', label: 'Form' },
          ]}
          onChange={(value) => setView({ yamlTab: value })}
        />
        <span className="grow" />
        <Objects />
      </div>
      <div
        className="text-panel"
        id="text-panel"
        role="tabpanel"
        aria-label={yamlTab === 'form' ? 'Form' : 'YAML'}
      >
        {yamlTab === 'form' ? (
          <Suspense fallback={null}>
            <FormPane />
          </Suspense>
        ) : null}
        {edited ? (
          <div className="text-panel" hidden={yamlTab === 'form'}>
            <YamlPane />
          </div>
        ) : null}
      </div>
      {yamlTab === 'yaml' && isEmpty ? <Beginnings /> : null}
    </section>
  );
}

/** Ways to begin, where nothing is written. */
function Beginnings() {
  return (
    <div className="beginnings">
      <Button icon={<File size={14} strokeWidth={1.5} aria-hidden />} onClick={openFiles}>
        Open files
      </Button>
      <AddMenu
        at={undefined}
        trigger={
          <Button icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}>New gateway, or a template</Button>
        }
      />
    </div>
  );
}

function Objects() {
  const { report } = useReport();
  if (report === undefined) return null;
  const all = report.objects.length;
  const unreadable = report.objects.filter(({ status }) => status === 'unreadable').length;
  const refused = report.objects.filter(({ status }) => status === 'refused').length;
  return (
    <span className="dim nowrap">
      {all === 1 ? '1 object' : `${all} objects`}
      {unreadable > 0 ? <span className="fail">{`, ${unreadable} unreadable`}</span> : null}
      {refused > 0 ? <span className="fail">{`, ${refused} refused`}</span> : null}
    </span>
  );
}
