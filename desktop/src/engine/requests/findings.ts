import { randomUUID } from 'node:crypto';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { compileToSql } from '@dbwitness/shared/sigma/sql/compile-to-sql.ts';
import { correlationToSql } from '@dbwitness/shared/sigma/sql/correlation-to-sql.ts';
import { duckdbText } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import {
  type Finding,
  findingsDetail,
  findingsDetect,
  findingsList,
  findingsNote,
  findingsTag,
  findingsTriage,
} from '../../host/findings.ts';
import type { EngineContext } from '../context.ts';
import { caseRules } from '../detection/case-rules.ts';
import { detect } from '../detection/detect.ts';
import { findingDetail } from '../detection/finding-detail.ts';
import { readRuleFiles } from '../detection/rule-files.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const findingHandlers = [
  handler(findingsDetect, async (context, { rules }, options) => {
    const { store, notes, analysis } = context.open();
    const files = await readRuleFiles(rules === undefined ? context.rulesDir : context.files.path(rules));
    const started = performance.now();
    await store.ledger.append('rules.load', { digest: files.digest, rules: files.files.length }, []);
    const found = await detect({ store, analysis }, files, options);
    await notes.replaceFindings(found.findings, found.outcomes, files);
    await store.ledger.append(
      'rules.run',
      {
        digest: files.digest,
        rowsRead: store.extent.events,
        hits: found.findings.length,
        skipped: found.outcomes
          .filter(({ status }) => status !== 'ran')
          .map(({ rule, reason = '' }) => ({ rule, reason })),
        durationMs: Math.round(performance.now() - started),
      },
      [],
    );
    return { rules: found.outcomes, findings: found.findings.length };
  }),

  handler(findingsList, async (context) => {
    const { notes } = context.open();
    return { findings: await notes.findings(), rules: await notes.outcomes() };
  }),

  handler(findingsDetail, async (context, { id }, { signal }) => {
    const { store, notes } = context.open();
    const finding = await findingNamed(context, id);
    const { value: rules } = await caseRules(await notes.ruleFiles());
    const rule = rules.rules.find((candidate) => candidate.key === finding.rule);
    const options = store.estate === undefined ? {} : { estate: store.estate };
    const sql = rule === undefined ? '' : shownSql(rule, rules, options);
    return { ...(await findingDetail(store, rules, finding, 50, signal)), sql };
  }),

  handler(findingsTriage, async (context, { ids, triage }) => {
    const { store, notes } = context.open();
    for (const id of ids) {
      const { triage: old } = await findingNamed(context, id);
      if (old === triage) continue;
      await store.ledger.append('finding.change', { finding: id, old, new: triage }, []);
      await notes.setTriage(id, triage);
    }
    return changed(context, ids);
  }),

  handler(findingsNote, async (context, { id, text }) => {
    const { store, notes } = context.open();
    await findingNamed(context, id);
    const note = randomUUID();
    await store.ledger.append('note.add', { note, finding: id }, [], { detail: { text } });
    await notes.addNote({ id: note, finding: id, at: store.now(), by: context.examiner(), text });
    return findingNamed(context, id);
  }),

  handler(findingsTag, async (context, { ids, tag, present }) => {
    const { store, notes } = context.open();
    for (const id of ids) {
      const finding = await findingNamed(context, id);
      if (finding.userTags.includes(tag) === present) continue;
      await store.ledger.append(
        present ? 'tag.add' : 'tag.remove',
        { records: [...finding.events], tag },
        [],
      );
      await (present ? notes.addTag(id, tag) : notes.removeTag(id, tag));
    }
    return changed(context, ids);
  }),
] as const;

/** The SQL of a rule for reading: of a correlation, that of the rules it counts and its window in words. */
function shownSql(rule: Rule, rules: RuleSet, options: { readonly estate?: Estate }): string {
  if (rule.kind === 'correlation') return correlationToSql(rule, rules, duckdbText, options);
  const compiled = compileToSql(rule, duckdbText, { ...options, filters: rules.filters });
  return 'sql' in compiled ? compiled.sql : compiled.reason;
}

async function findingNamed(context: EngineContext, id: string): Promise<Finding> {
  const found = await context.open().notes.finding(id);
  if (found !== undefined) return found;
  throw new EngineError('finding/unknown', 'This finding is not of the last run of the rules.', {
    next: 'Open the list of findings again.',
  });
}

async function changed(context: EngineContext, ids: readonly string[]): Promise<readonly Finding[]> {
  return (await context.open().notes.findings()).filter((finding) => ids.includes(finding.id));
}
