/** A node of libpg-query's JSON: `{ SelectStmt: { … } }` where the type is open, the fields alone where it is fixed. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = {};

/** A field's object; empty where there is none. */
export function child(fields: Fields, key: string): Fields {
  return asFields(fields[key]);
}

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NONE;
}

export function children(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}

export function text(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

/** Type and fields of an open node; type '' where it is none. */
export function open(node: unknown): { type: string; fields: Fields } {
  const outer = asFields(node);
  for (const type in outer) return { type, fields: asFields(outer[type]) };
  return { type: '', fields: NONE };
}

/** The fields of a node of this type; undefined for another. */
export function as(node: unknown, type: string): Fields | undefined {
  const value = asFields(node)[type];
  return value === undefined ? undefined : asFields(value);
}

/** The words of a list of String nodes: a qualified name. */
export function strings(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node) => {
    const value = as(node, 'String');
    return value === undefined ? [] : [text(value, 'sval')];
  });
}

/** Schema and name of a RangeVar's fields. */
export function relationName(fields: Fields): string[] {
  return [text(fields, 'catalogname'), text(fields, 'schemaname'), text(fields, 'relname')].filter(
    (part) => part !== '',
  );
}

/** The name in whatever form the grammar gives it: list, routine with arguments, type, relation, role, word. */
export function anyName(node: unknown): string[] {
  const { type, fields } = open(node);
  switch (type) {
    case 'List':
      return strings(children(fields, 'items'));
    case 'ObjectWithArgs':
      return strings(children(fields, 'objname'));
    case 'TypeName':
      return strings(children(fields, 'names'));
    case 'RangeVar':
      return relationName(fields);
    case 'String':
      return [text(fields, 'sval')];
    case 'RoleSpec':
      return [roleName(fields)];
    case 'AccessPriv':
      return [text(fields, 'priv_name')];
    default:
      return [];
  }
}

/** A RoleSpec's name; CURRENT_USER and the like as they are written. */
export function roleName(fields: Fields): string {
  const named = text(fields, 'rolename');
  return named !== '' ? named : text(fields, 'roletype').replace('ROLESPEC_', '').toLowerCase();
}

/** The value of a string constant. */
export function constant(node: unknown): string | undefined {
  const value = as(node, 'A_Const');
  return value === undefined ? undefined : text(child(value, 'sval'), 'sval');
}

/** The argument of the first DefElem of this name, or undefined. */
export function option(options: readonly unknown[], name: string): { arg: unknown } | undefined {
  for (const node of options) {
    const element = as(node, 'DefElem');
    if (element !== undefined && text(element, 'defname') === name) return { arg: element.arg };
  }
  return undefined;
}
