import {
  type AuditSetting,
  auditSetting,
  type SettingEffect,
  settingEffect,
} from '@dbwitness/shared/policies/setting-effect.ts';
import { visible } from '@dbwitness/shared/text/problem.ts';
import type { Gap } from '../../host/timeline.ts';

/** One change of an audit setting, as the log itself tells it. Times are µs UTC. */
export interface SettingChange {
  readonly source: string;
  readonly time: number;
  readonly event: string;
  readonly setting: string;
  /** Absent for RESET and where the record does not tell: then the server's default or file holds, which is unknown here. */
  readonly value?: string;
  /** The server's own "parameter … changed" takes effect; a statement asks for it (and may wait for a reload). */
  readonly kind: 'effective' | 'requested';
  /** Whom it holds for, where not for all: `session 65a.1f2`, `role dba`, `database crm`. */
  readonly scope?: string;
  /** When a change of one session ends with it, or with its transaction. */
  readonly until?: number;
  readonly by?: string;
}

/** A record that shows that a setting no longer holds, although none says who changed it. */
export interface Resumption {
  readonly source: string;
  readonly setting: string;
  /** µs UTC. */
  readonly time: number;
  readonly event: string;
  /** `record`: it would not be there with the audit off. `start`: SET GLOBAL does not outlive the server. */
  readonly why: 'record' | 'start';
}

interface Open {
  readonly change: SettingChange;
  readonly kind: 'not_recorded' | 'narrowed';
  readonly what: string;
  /** The value before the audit was off or narrowed first; undefined where it is not on record. */
  readonly baseline: string | undefined;
}

/** The end of a source's record: where a stretch that never closed stops being known. */
export type SourceEnds = ReadonlyMap<string, number>;

/**
 * Stretches in which a source's audit was off or narrowed, from the changes that the log itself records, in time order.
 * Silence in them means "not recorded", not "nothing happened". A change that only a statement asks for counts too where
 * no line of the server confirms it within a minute; the sentence says which it is. A stretch also ends where `resumed`
 * shows that the setting holds no longer; what holds from there on is unknown.
 */
export function unrecordedStretches(
  changes: readonly SettingChange[],
  ends: SourceEnds,
  resumed: readonly Resumption[] = [],
): readonly Gap[] {
  const gaps: Gap[] = [];
  const values = new Map<string, string>();
  const open = new Map<string, Open>();
  const ordered = [...changes].sort((a, b) => a.time - b.time);
  const steps = [...ordered, ...resumed].sort((a, b) => a.time - b.time);
  for (const change of steps) {
    if ('why' in change) {
      const key = keyOf(change);
      const stretch = open.get(key);
      if (change.why === 'record' && stretch?.kind !== 'not_recorded') continue;
      // Of one moment the change is the later: clocks of one second are common.
      if (stretch !== undefined && stretch.change.time >= change.time) continue;
      if (stretch !== undefined)
        gaps.push(close(stretch, change.time, change.event, gaps.length, change.why));
      open.delete(key);
      values.delete(key);
      continue;
    }
    const setting = auditSetting(change.setting);
    if (setting === undefined) continue;
    if (change.kind === 'requested' && change.scope === undefined && confirmed(change, setting, ordered))
      continue;
    const key = keyOf(change);
    const past = open.get(key);
    const over = past?.change.until;
    if (past !== undefined && over !== undefined && over <= change.time) {
      // Its session or transaction ended meanwhile, and with it what it had set.
      gaps.push(close(past, over, undefined, gaps.length));
      open.delete(key);
      if (past.baseline === undefined) values.delete(key);
      else values.set(key, past.baseline);
    }
    const before = open.get(key);
    const value = values.get(key);
    if (change.value === undefined) values.delete(key);
    else values.set(key, change.value);
    if (
      before !== undefined &&
      change.value !== undefined &&
      settingEffect(setting, value, change.value).effect === 'same'
    )
      continue;
    if (before !== undefined) gaps.push(close(before, change.time, change.event, gaps.length));
    open.delete(key);
    if (change.value === undefined) continue;
    // What is back in part is measured by what held before the stretch, not by the little that held in it.
    const baseline = before === undefined ? value : before.baseline;
    const effect = settingEffect(setting, baseline, change.value);
    if (effect.effect === 'same' || effect.effect === 'widened') continue;
    // What holds for one session or role leaves the others recorded.
    const whole = effect.effect === 'off' && coversEverything(change.setting) && change.scope === undefined;
    const kind = whole ? 'not_recorded' : 'narrowed';
    open.set(key, { change, kind, baseline, what: sentence(change, setting, effect) });
  }
  for (const left of open.values()) {
    const end = left.change.until ?? ends.get(left.change.source) ?? left.change.time;
    gaps.push(close(left, end, undefined, gaps.length));
  }
  return gaps.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
}

function keyOf({ source, setting, scope = '' }: Pick<SettingChange, 'source' | 'setting' | 'scope'>): string {
  return `${source}\u0000${setting}\u0000${scope}`;
}

/** Settings without which statements leave no audit record at all. */
function coversEverything(setting: string): boolean {
  return ['pgaudit.log', 'server_audit_logging', 'plugin server_audit', 'server_audit_events'].includes(
    setting,
  );
}

const RELOAD_WAIT = 60_000_000;

/** True when the server itself reports the change that a statement asked for, so that the report is what counts. */
function confirmed(
  request: SettingChange,
  setting: AuditSetting,
  ordered: readonly SettingChange[],
): boolean {
  return ordered.some(
    (other) =>
      other.kind === 'effective' &&
      other.source === request.source &&
      other.setting === request.setting &&
      other.time >= request.time &&
      other.time - request.time <= RELOAD_WAIT &&
      asAsked(request.value, other.value, setting),
  );
}

/** Whether a value that took effect is the one that was asked for; RESET asks for one that it does not name. */
function asAsked(asked: string | undefined, value: string | undefined, setting: AuditSetting): boolean {
  if (asked === undefined || value === undefined) return asked === undefined;
  return settingEffect(setting, value, asked).effect === 'same';
}

function sentence(
  change: SettingChange,
  { loses }: AuditSetting,
  { effect, lost, unknownBefore }: SettingEffect,
): string {
  const value = visible(change.value ?? '');
  const whom = change.scope === undefined ? '' : ` for ${visible(change.scope)}`;
  const by = change.by === undefined ? '' : ` by ${visible(change.by)}`;
  const how =
    change.kind === 'requested'
      ? ' (asked for by a statement; the server’s own confirmation is not in the record)'
      : '';
  const what =
    unknownBefore === true
      ? `changed; what held before is not on record. Not recorded since: ${lost.join(', ')}`
      : effect === 'off' || lost.length === 0
        ? loses
        : `no longer recorded: ${lost.join(', ')}`;
  return `${change.setting} was set to “${value}”${whom}${by}${how}: ${what}.`;
}

function close(
  open: Open,
  to: number,
  after: string | undefined,
  index: number,
  resumed?: Resumption['why'],
): Gap {
  const { change } = open;
  return {
    id: `setting-${index}-${change.event}`,
    kind: open.kind,
    source: change.source,
    from: change.time,
    to: Math.max(to, change.time),
    before: change.event,
    ...(after === undefined ? {} : { after }),
    what: open.what + ending(change, after, resumed),
    benign: [],
    setting: `${change.setting}=${change.value ?? ''}`,
  };
}

/** How a stretch ended, where the record that ended it does not say so itself. */
function ending(change: SettingChange, after: string | undefined, resumed?: Resumption['why']): string {
  if (resumed !== undefined) {
    const how = resumed === 'start' ? 'the server was restarted' : 'audit records go on';
    return ` It ended without a record of who switched it on: ${how} (${after}).`;
  }
  return after === undefined && change.until === undefined ? ' It was still so where the record ends.' : '';
}
