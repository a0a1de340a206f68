import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme.css';
import './shell/shell.css';
import { App } from './App.tsx';
import { analyseInWorker } from './engine/engine.ts';
import { startSession } from './session.ts';
import { keepAnswering } from './store/answering.ts';

const root = document.getElementById('root');
if (root !== null) {
  await startSession();
  keepAnswering(analyseInWorker);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
