import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { Keys } from '../widgets/keys.tsx';

/** Every key that does something on this screen, from the action registry. */
export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const { actions, preferences } = useWorkbench();
  const list = useStore(actions.list).filter(
    (action) => action.keys !== undefined && (action.when?.() ?? true),
  );
  const { letters } = useStore(preferences);
  const groups = [...new Set(list.map((action) => action.group))];
  return (
    <Dialog title={t('keys.title')} onClose={onClose} className="wide">
      <div className="cheat-sheet">
        {groups.map((group) => (
          <section key={group} className="stack tight">
            <h3>{group}</h3>
            <dl>
              {list
                .filter((action) => action.group === group)
                .map((action) => (
                  <div key={action.id} className="cheat-line">
                    <dt>{action.title}</dt>
                    <dd>
                      {action.keys?.map((keys) => (
                        <Keys key={keys} keys={keys} />
                      ))}
                      <span className="hidden-text">{action.keys?.join(' ')}</span>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="soft small cheat-note">{t(letters ? 'keys.letters' : 'keys.lettersOff')}</p>
    </Dialog>
  );
}
