import type { HostError } from '../host/request.ts';

/** An error for people: what is wrong, where as far as the sentence does not say it, what to do. */
export function errorLines({ code, message, next, at }: HostError): readonly string[] {
  const where = [
    ...(at?.file === undefined || message.includes(at.file) ? [] : [at.file]),
    ...(at?.byte === undefined || message.toLowerCase().includes(`byte ${at.byte}`)
      ? []
      : [`byte ${at.byte}`]),
    ...(at?.line === undefined || message.includes(`line ${at.line}`) ? [] : [`line ${at.line}`]),
  ];
  return [
    `${message} (${code})`,
    ...(where.length === 0 ? [] : [`Where: ${where.join(', ')}`]),
    ...(next === undefined ? [] : [next]),
  ];
}
