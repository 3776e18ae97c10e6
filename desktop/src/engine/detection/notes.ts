import type { RuleOutcome } from '../../host/findings.ts';
import { type Finding, TRIAGE_STATES, type Triage } from '../../host/findings.ts';
import { type Database, sqlText } from '../db/database.ts';
import type { FoundFinding } from './finding.ts';
import type { RuleFiles } from './rule-files.ts';

export interface Note {
  readonly id: string;
  readonly finding: string;
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/**
 * What people and rules have said of the events: findings, triage, tags, notes. They live in their own file beside the
 * events, which are never updated, and outlive a new run: they hang on ids that the same evidence gives again.
 */
export class Notes {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Opens the file at `path`, or makes it. */
  static async open(database: Database, path: string): Promise<Notes> {
    await database.run('annotate', `ATTACH IF NOT EXISTS ${sqlText(path)} AS notes`);
    for (const sql of TABLES) await database.run('annotate', sql);
    return new Notes(database);
  }

  /** Replaces the findings and rule outcomes by those of a new run, all or nothing; keeps the rules as they were run. */
  async replaceFindings(
    findings: readonly FoundFinding[],
    outcomes: readonly RuleOutcome[],
    rules: RuleFiles,
  ): Promise<void> {
    await this.#database.use('annotate', async (connection) => {
      await connection.run('BEGIN');
      try {
        await connection.run('DELETE FROM notes.finding');
        await connection.run('DELETE FROM notes.rule_outcome');
        await connection.run('DELETE FROM notes.rule_file');
        await connection.run(INSERT_ALL('rule_file'), [
          JSON.stringify(rules.files.map((file) => JSON.stringify(file))),
        ]);
        await connection.run(INSERT_ALL('finding'), [
          JSON.stringify(findings.map((finding) => JSON.stringify(finding))),
        ]);
        await connection.run(INSERT_ALL('rule_outcome'), [
          JSON.stringify(outcomes.map((outcome) => JSON.stringify(outcome))),
        ]);
        await connection.run('COMMIT');
      } catch (error) {
        await connection.run('ROLLBACK');
        throw error;
      }
    });
  }

  findings(): Promise<readonly Finding[]> {
    return this.#findings();
  }

  /** The finding with this id; undefined where the last run found none such. */
  async finding(id: string): Promise<Finding | undefined> {
    return (await this.#findings(id))[0];
  }

  /** All findings, or the one with this id, in order of weight. */
  async #findings(id?: string): Promise<readonly Finding[]> {
    const only = (expression: string) => (id === undefined ? '' : `WHERE ${expression} = $1`);
    const params = id === undefined ? [] : [id];
    const [bodies, triage, notes, tags] = await Promise.all([
      this.#all(
        `SELECT body FROM notes.finding ${only(`json_extract_string(body, '$.id')`)} ORDER BY position`,
        params,
      ),
      this.#all(`SELECT finding, state FROM notes.triage ${only('finding')}`, params),
      this.#all(
        `SELECT id, finding, "at", "by", text FROM notes.note ${only('finding')} ORDER BY "at", id`,
        params,
      ),
      this.#all(`SELECT finding, tag FROM notes.tag ${only('finding')} ORDER BY tag`, params),
    ]);
    const states = new Map(triage.map((row) => [row.finding, row.state]));
    return bodies.map((row): Finding => {
      const found = JSON.parse(row.body ?? '{}') as FoundFinding;
      const mine = (other: Readonly<Record<string, string>>) => other.finding === found.id;
      return {
        ...found,
        triage: asTriage(states.get(found.id)),
        notes: notes.filter(mine).map(({ id = '', at = '', by = '', text = '' }) => ({ id, at, by, text })),
        userTags: tags.filter(mine).map((tag) => tag.tag ?? ''),
      };
    });
  }

  async outcomes(): Promise<readonly RuleOutcome[]> {
    const rows = await this.#all('SELECT body FROM notes.rule_outcome ORDER BY position');
    return rows.map((row) => JSON.parse(row.body ?? '{}') as RuleOutcome);
  }

  /** The rules of the last run, as they were. */
  async ruleFiles(): Promise<RuleFiles['files']> {
    const rows = await this.#all('SELECT body FROM notes.rule_file ORDER BY position');
    return rows.map((row) => JSON.parse(row.body ?? '{}') as RuleFiles['files'][number]);
  }

  async setTriage(finding: string, state: Triage): Promise<void> {
    await this.#database.run('annotate', 'INSERT OR REPLACE INTO notes.triage VALUES ($1, $2)', [
      finding,
      state,
    ]);
  }

  async addNote({ id, finding, at, by, text }: Note): Promise<void> {
    await this.#database.run('annotate', 'INSERT INTO notes.note VALUES ($1, $2, $3, $4, $5)', [
      id,
      finding,
      at,
      by,
      text,
    ]);
  }

  async addTag(finding: string, tag: string): Promise<void> {
    await this.#database.run('annotate', 'INSERT OR IGNORE INTO notes.tag VALUES ($1, $2)', [finding, tag]);
  }

  async removeTag(finding: string, tag: string): Promise<void> {
    await this.#database.run('annotate', 'DELETE FROM notes.tag WHERE finding = $1 AND tag = $2', [
      finding,
      tag,
    ]);
  }

  async #all(
    sql: string,
    params: readonly string[] = [],
  ): Promise<readonly Readonly<Record<string, string>>[]> {
    const rows = await this.#database.all('annotate', sql, params);
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
    );
  }
}

const TABLES = [
  'CREATE TABLE IF NOT EXISTS notes.finding (position INTEGER, body VARCHAR)',
  'CREATE TABLE IF NOT EXISTS notes.rule_outcome (position INTEGER, body VARCHAR)',
  'CREATE TABLE IF NOT EXISTS notes.rule_file (position INTEGER, body VARCHAR)',
  'CREATE TABLE IF NOT EXISTS notes.triage (finding VARCHAR PRIMARY KEY, state VARCHAR)',
  'CREATE TABLE IF NOT EXISTS notes.note (id VARCHAR PRIMARY KEY, finding VARCHAR, "at" VARCHAR, "by" VARCHAR, text VARCHAR)',
  'CREATE TABLE IF NOT EXISTS notes.tag (finding VARCHAR, tag VARCHAR, PRIMARY KEY (finding, tag))',
];

/** One statement for any number of rows, which arrive as a JSON list of texts in their order. */
const INSERT_ALL = (table: string) =>
  `INSERT INTO notes.${table} SELECT row_number() OVER () , body FROM (SELECT unnest(from_json($1, '["VARCHAR"]')) AS body)`;

function asTriage(state: string | undefined): Triage {
  return TRIAGE_STATES.find((known) => known === state) ?? 'new';
}
