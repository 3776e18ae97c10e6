const PATHS = {
  cases: 'M2.5 5.5h11v7.5h-11zM5.5 5.5v-2h5v2M2.5 8.5h11',
  evidence: 'M4 2h5.5L12.5 5v9h-8.5zM9.5 2v3h3M6.5 9.5l1.4 1.4 2.4-3',
  timeline: 'M2 13.5h12M3.5 13.5v-4M6.5 13.5v-8M9.5 13.5v-6M12.5 13.5v-10',
  sessions: 'M2 4h7M2 8h12M6 12h8M11.5 4h.01M2.5 12h.01',
  findings: 'M8 2l6 11.5H2zM8 6.5v3M8 11.6v.01',
  custody: 'M6.5 9.5l3-3M7 5l1.2-1.2a2.6 2.6 0 0 1 3.9 3.7L11 8.8M9 11l-1.2 1.2a2.6 2.6 0 0 1-3.9-3.7L5 7.2',
  report: 'M3.5 2h9v12h-9zM6 5h4M6 7.5h4M6 10h2.5',
  package: 'M8 2l5.5 2.5v7L8 14l-5.5-2.5v-7zM2.5 4.5L8 7l5.5-2.5M8 7v7',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  warning: 'M8 2.5l6 11H2zM8 6.8v3M8 11.8v.01',
  error: 'M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4zM8 5v3.6M8 11v.01',
  info: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.3v3.6M8 5v.01',
  question:
    'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM6.3 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.3M8 11.2v.01',
  add: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  upload: 'M8 10.5v-8M4.8 5.5L8 2.3l3.2 3.2M2.5 10.5v3h11v-3',
  download: 'M8 2.5v8M4.8 7.3L8 10.5l3.2-3.2M2.5 10.5v3h11v-3',
  lock: 'M4 7.2h8V13.5H4zM5.7 7.2V5a2.3 2.3 0 0 1 4.6 0v2.2',
  unlock: 'M4 7.2h8V13.5H4zM5.7 7.2V4.6a2.3 2.3 0 0 1 4.4-.9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  filter: 'M2 3h12l-4.6 5.5V13l-2.8-1.5v-3z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  up: 'M4 9.5L8 5.5l4 4',
  down: 'M4 6.5l4 4 4-4',
  left: 'M9.5 4L5.5 8l4 4',
  right: 'M6.5 4l4 4-4 4',
  undo: 'M3 6.5h7a3.2 3.2 0 0 1 0 6.5H6M3 6.5L6 3.5M3 6.5l3 3',
  theme: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 1.8v12.4M8 4a4 4 0 0 1 0 8z',
  clock: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.5V8l2.5 1.7',
  table: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.5 3v10',
  tag: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8zM5.2 5.2v.01',
  note: 'M2.5 3h11v7.5l-3 3h-8zM10.5 13.5v-3h3',
  gap: 'M2 4v8M14 4v8M4.5 8h1M7.5 8h1M10.5 8h1',
  key: 'M5.5 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8.3 8H14v2.5M11.5 8v2',
  settings:
    'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM6 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside a text that says the same; hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
