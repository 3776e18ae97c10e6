import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RULE_TEST_PROBLEMS } from '@dbwitness/shared/rule-tests/problem-table.ts';
import {
  isTestFileName,
  readInlineTests,
  readRuleTests,
  regressionTestsPath,
} from '@dbwitness/shared/rule-tests/read-rule-tests.ts';
import type { RuleTestFile } from '@dbwitness/shared/rule-tests/rule-test.ts';
import {
  type GatheredSuites,
  gatherSuites,
  siblingsOf,
  testFilesOf,
} from '@dbwitness/shared/rule-tests/suites.ts';
import { type LoadedRules, loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { Parsed, Problem } from '@dbwitness/shared/text/problem.ts';
import { problem } from '@dbwitness/shared/text/problem.ts';
import type { EngineError } from '../../engine/engine-error.ts';
import { unreadable } from '../../engine/source-file.ts';
import { type RuleSource, readRuleSources } from '../lint/rule-sources.ts';
import { inFoldersAbove } from './test-host.ts';

export interface FoundTests extends GatheredSuites {
  readonly loaded: LoadedRules;
  readonly refused: readonly EngineError[];
}

/**
 * Rules and tests below the paths: of a folder all, of a rule's file its tests, of a test file its rule. Rules that stand in
 * the same folder as a named file are read too, for what it refers to.
 */
export async function findTests(paths: readonly string[]): Promise<FoundTests> {
  const rules = new Map<string, RuleSource>();
  /** Paths of the files that were asked for: rules beside them are only there to be referred to. */
  const asked = new Set<string>();
  const tests = new Map<string, string>();
  const refused: EngineError[] = [];
  const addRules = async (path: string, isAsked: boolean): Promise<void> => {
    const found = await readRuleSources(path);
    refused.push(...found.refused);
    for (const rule of found.rules) {
      rules.set(resolve(rule.path), rule);
      if (isAsked) asked.add(rule.name);
    }
    if (isAsked) for (const name of found.passedOver) tests.set(resolve(name), name);
  };
  for (const path of paths) {
    if (statSync(path).isDirectory()) {
      await addRules(path, true);
      continue;
    }
    const name = path.replaceAll('\\', '/');
    if (isTestFileName(name) || !(await isRuleFile(path))) {
      tests.set(resolve(path), name);
      const sibling = siblingsOf(name).find(existsSync);
      if (sibling !== undefined) await addRules(sibling, true);
    } else await addRules(path, true);
    for (const beside of await readdir(dirname(path))) {
      const other = join(dirname(path), beside);
      if (/\.ya?ml$/i.test(beside) && !isTestFileName(beside) && !rules.has(resolve(other)))
        await addRules(other, false);
    }
  }
  for (const { path, name } of rules.values()) {
    if (!asked.has(name)) continue;
    for (const [i, file] of testFilesOf(path).entries())
      if (existsSync(file)) tests.set(resolve(file), testFilesOf(name)[i] ?? file);
  }
  const { value: loaded, problems: found } = loadRules([...rules.values()]);
  const read: Parsed<RuleTestFile>[] = [];
  for (const [path, name] of tests) {
    const file = await readTestFile(path, name, refused);
    if (file !== undefined) read.push(file);
  }
  const missing: Problem[] = [];
  for (const document of loaded.documents) {
    if (!asked.has(document.file)) continue;
    read.push(...readInlineTests(document));
    const named = regressionTestsPath(document);
    const source = [...rules.values()].find((rule) => rule.name === document.file);
    if (named === undefined || source === undefined) continue;
    const path = inFoldersAbove(named, source.path);
    if (path === undefined)
      missing.push(
        problem(RULE_TEST_PROBLEMS, 'rule-test/regression-missing', { path: named }, { file: document.file }),
      );
    else if (!tests.has(resolve(path))) {
      const file = await readTestFile(path, path, refused);
      if (file !== undefined) read.push({ ...file, value: { rule: document.rule.key, ...file.value } });
    }
  }
  const gathered = gatherSuites(
    loaded,
    read.map(({ value }) => value),
  );
  return {
    ...gathered,
    loaded,
    refused,
    untested: gathered.untested.filter(({ file }) => asked.has(file)),
    problems: [
      ...found.filter(({ severity, at }) => severity === 'error' && asked.has(at?.file ?? '')),
      ...read.flatMap(({ problems }) => problems),
      ...missing,
      ...gathered.problems,
    ],
  };
}

async function isRuleFile(path: string): Promise<boolean> {
  const { rules } = await readRuleSources(path);
  const [file] = rules;
  return file !== undefined && loadRules([file]).value.documents.length > 0;
}

async function readTestFile(
  path: string,
  name: string,
  refused: EngineError[],
): Promise<Parsed<RuleTestFile> | undefined> {
  try {
    return readRuleTests(await readFile(path, 'utf8'), name);
  } catch (error) {
    refused.push(unreadable(basename(name), error));
    return undefined;
  }
}
