import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../host/filter.ts';
import { createFilterHistory } from '../state/filter-history.ts';
import { clauseText } from './clause-text.ts';
import {
  addValue,
  isFiltered,
  negateClause,
  removeClause,
  removeValue,
  valueState,
  withoutField,
  withRange,
  withText,
} from './filter.ts';

const user = (name: string, negated = false) => addValue(NO_FILTER, 'user', name, negated);

describe('clauses', () => {
  it('takes values of one field as alternatives', () => {
    const filter = addValue(user('a'), 'user', 'b');
    expect(filter.clauses).toEqual([
      { id: 'user.is', field: 'user', operator: 'is', values: ['a', 'b'], negated: false },
    ]);
  });

  it('does not want and unwant one value: the newer wish wins', () => {
    const filter = addValue(user('a'), 'user', 'a', true);
    expect(filter.clauses.map((clause) => [clause.negated, clause.values])).toEqual([[true, ['a']]]);
    expect(valueState(filter, 'user', 'a')).toBe('out');
  });

  it('changes nothing when the value is there already', () => {
    const filter = user('a');
    expect(addValue(filter, 'user', 'a')).toBe(filter);
  });

  it('drops a clause with its last value', () => {
    expect(removeValue(user('a'), 'user', 'a').clauses).toEqual([]);
    expect(removeClause(user('a'), 'user.is').clauses).toEqual([]);
  });

  it('turns a clause round', () => {
    expect(negateClause(user('a'), 'user.is').clauses[0]).toMatchObject({ id: '-user.is', negated: true });
  });

  it('asks a facet without its own clauses', () => {
    const filter = addValue(user('a'), 'class', 'session', true);
    expect(withoutField(filter, 'user').clauses.map((clause) => clause.field)).toEqual(['class']);
  });

  it('says itself in words', () => {
    const [clause] = addValue(user('a', true), 'user', 'b', true).clauses;
    expect(clause && clauseText(clause)).toBe('user not is a or b');
  });

  it('knows an empty filter, and leaves absent what is cleared', () => {
    const filter = withText(withRange(NO_FILTER, 1, 2), 'x');
    expect(isFiltered(filter)).toBe(true);
    expect(withText(withRange(filter, undefined, undefined), '')).toEqual(NO_FILTER);
  });
});

describe('history', () => {
  it('undoes and redoes', () => {
    const history = createFilterHistory();
    history.change(user('a'));
    history.change(user('b'));
    history.undo();
    expect(history.now.get()).toEqual(user('a'));
    history.redo();
    expect(history.now.get()).toEqual(user('b'));
    history.undo();
    history.change(user('c'));
    expect(history.canRedo()).toBe(false);
  });

  it('does not remember a change that changes nothing', () => {
    const history = createFilterHistory();
    history.change(NO_FILTER);
    expect(history.canUndo()).toBe(false);
  });
});
