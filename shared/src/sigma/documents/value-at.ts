import { MEMBER } from '../predicate.ts';
import { fold } from '../values/fold.ts';
import type { DocumentFields, DocumentValue } from './document.ts';

/**
 * The value of the field `name` (SIGMA R18): the literal key first, then the path that its dots name, each in another case
 * only where it is not there exactly. A path walks through arrays (R16): of these, what all members have, as one array.
 */
export function valueAt(value: DocumentValue, name: string): DocumentValue {
  if (name === MEMBER) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const found = (value as readonly DocumentValue[])
      .map((member) => valueAt(member, name))
      .filter((member) => member !== undefined);
    return found.length === 0 ? undefined : found.flat();
  }
  const fields = value as DocumentFields;
  const literal = keyed(fields, name);
  if (literal !== undefined) return literal;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const below = keyed(fields, name.slice(0, dot));
    const found = below === undefined ? undefined : valueAt(below, name.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyed(fields: DocumentFields, name: string): DocumentValue {
  const exact = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (exact !== undefined && exact !== null) return exact;
  const folded = fold(name);
  for (const key of Object.keys(fields)) {
    if (fold(key) === folded && fields[key] !== undefined && fields[key] !== null) return fields[key];
  }
  return undefined;
}
