/** Names in one table: 2¹⁰ assignments, more than any rule that people read. */
export const MOST_VARIABLES = 10;

/** A Boolean function of `variables` names: one bit an assignment, 32 a word. */
export type TruthTable = Uint32Array;

export function constant(variables: number, value: boolean): TruthTable {
  return new Uint32Array(Math.max(1, 2 ** variables / 32)).fill(value ? used(variables) : 0);
}

/** The table of the variable with that number, from 0. */
export function variable(number: number, variables: number): TruthTable {
  const table = constant(variables, false);
  for (let assignment = 0; assignment < 2 ** variables; assignment++) {
    if (assignment & (1 << number)) {
      const word = assignment >>> 5;
      table[word] = (table[word] ?? 0) | (1 << (assignment & 31));
    }
  }
  return table;
}

export function both(a: TruthTable, b: TruthTable): TruthTable {
  return a.map((word, i) => word & (b[i] ?? 0));
}

export function either(a: TruthTable, b: TruthTable): TruthTable {
  return a.map((word, i) => word | (b[i] ?? 0));
}

export function negation(a: TruthTable, variables: number): TruthTable {
  return a.map((word) => ~word & used(variables));
}

export function isNever(a: TruthTable): boolean {
  return a.every((word) => word === 0);
}

/** Whether some other function, without the variable, agrees with `a` wherever `allowed` holds. */
export function isFreeOf(a: TruthTable, number: number, variables: number, allowed: TruthTable): boolean {
  const at = (table: TruthTable, assignment: number) =>
    ((table[assignment >>> 5] ?? 0) >>> (assignment & 31)) & 1;
  for (let assignment = 0; assignment < 2 ** variables; assignment++) {
    if (assignment & (1 << number)) continue;
    const other = assignment | (1 << number);
    if (at(allowed, assignment) && at(allowed, other) && at(a, assignment) !== at(a, other)) return false;
  }
  return true;
}

/** The bits of a word that stand for an assignment: fewer than 32 with fewer than five variables. */
function used(variables: number): number {
  return variables >= 5 ? 0xffffffff : 2 ** (2 ** variables) - 1;
}
