/** What a keyword at the head of a message stands for: a severity, or a part of the message before it. */
export type MessagePart = 'detail' | 'hint' | 'query' | 'context' | 'statement' | 'location';

const SEVERITIES = [
  'DEBUG',
  'DEBUG1',
  'DEBUG2',
  'DEBUG3',
  'DEBUG4',
  'DEBUG5',
  'INFO',
  'NOTICE',
  'WARNING',
  'ERROR',
  'LOG',
  'FATAL',
  'PANIC',
];

/**
 * Translations of `lc_messages`; stderr and csvlog write them, jsonlog does not (FORMATS.md 1 to 3).
 * French was seen on a real server; the others are from the message catalogues' wording and unconfirmed.
 */
const TRANSLATED_SEVERITIES: Readonly<Record<string, readonly string[]>> = {
  ERROR: ['ERREUR', 'FEHLER', 'ERRO', 'ERRORE', 'ОШИБКА', '错误', 'エラー'],
  WARNING: [
    'ATTENTION',
    'AVERTISSEMENT',
    'WARNUNG',
    'ADVERTENCIA',
    'AVISO',
    'ATTENZIONE',
    'ПРЕДУПРЕЖДЕНИЕ',
    '警告',
  ],
  NOTICE: ['HINWEIS', 'NOTA', 'NOTIFICA', 'ЗАМЕЧАНИЕ', '注意'],
  FATAL: ['FATALE', 'ВАЖНО', '致命错误'],
  PANIC: ['PANIQUE', 'PANIK', 'PÁNICO', 'PÂNICO', 'PANICO', 'ПАНИКА'],
  LOG: ['СООБЩЕНИЕ', '日志'],
};

const PARTS: Readonly<Record<MessagePart, readonly string[]>> = {
  detail: ['DETAIL', 'DÉTAIL', 'DETALLE', 'DETALHE', 'DETTAGLI', 'ПОДРОБНОСТИ', '详细信息'],
  hint: ['HINT', 'ASTUCE', 'TIPP', 'SUGERENCIA', 'DICA', 'SUGGERIMENTO', 'ПОДСКАЗКА', '提示', 'ヒント'],
  query: ['QUERY', 'REQUÊTE', 'ANFRAGE', 'CONSULTA', 'ЗАПРОС', '查询'],
  context: ['CONTEXT', 'CONTEXTE', 'ZUSAMMENHANG', 'CONTEXTO', 'CONTESTO', 'КОНТЕКСТ', '上下文'],
  statement: [
    'STATEMENT',
    'INSTRUCTION',
    'ANWEISUNG',
    'SENTENCIA',
    'COMANDO',
    'ISTRUZIONE',
    'ОПЕРАТОР',
    '语句',
    '文',
  ],
  location: ['LOCATION', 'EMPLACEMENT', 'ORT', 'UBICACIÓN', 'LOCAL', 'POSIZIONE', 'ПОЛОЖЕНИЕ'],
};

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ...SEVERITIES.map((word) => [word, word] as const),
  ...Object.entries(TRANSLATED_SEVERITIES).flatMap(([word, all]) =>
    all.map((other) => [other, word] as const),
  ),
]);

const PART_OF: ReadonlyMap<string, MessagePart> = new Map(
  (Object.keys(PARTS) as MessagePart[]).flatMap((part) => PARTS[part].map((word) => [word, part] as const)),
);

/** The server's own word for a severity that may be translated; unknown words stay as they are. */
export function canonicalSeverity(word: string): string {
  return CANONICAL.get(word) ?? word;
}

/** True for a severity in any known language. */
export function isSeverity(word: string): boolean {
  return CANONICAL.has(word);
}

/** The part of a message that a keyword opens, in any known language, or undefined. */
export function messagePart(word: string): MessagePart | undefined {
  return PART_OF.get(word);
}
