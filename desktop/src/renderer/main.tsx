import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './table/grid.css';
import './shell/shell.css';
import './timeline/timeline.css';
import './events/events.css';
import './cases/cases.css';
import './evidence/evidence.css';
import './sessions/sessions.css';
import './findings/findings.css';
import './report/report.css';
import './package/package.css';
import { createRoot } from 'react-dom/client';
import { connectHost } from './connect.ts';
import { App } from './shell/app.tsx';
import { StartFailure } from './shell/start-failure.tsx';
import { toHostError } from './state/host-error.ts';
import { createStore } from './state/store.ts';
import { createWorkbench } from './state/workbench.ts';
import { installRawCopy } from './widgets/copy-raw.ts';

const element = document.getElementById('root');
if (element !== null) {
  const root = createRoot(element);
  const connection = createStore<'open' | 'lost'>('open');
  installRawCopy(document);
  connectHost(() => connection.set('lost')).then(
    (host) => root.render(<App workbench={createWorkbench(host, connection, ownStorage())} />),
    (thrown) => root.render(<StartFailure error={toHostError(thrown)} />),
  );
}

/** Some profiles forbid storage, and even asking throws. */
function ownStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
