import type { GapKind } from '../../host/timeline.ts';

export const GAP_KINDS: readonly GapKind[] = [
  'not_recorded',
  'narrowed',
  'hole',
  'hole_benign',
  'no_continuity_field',
  'outside_export',
];

const HATCH: Readonly<Record<GapKind, string>> = {
  not_recorded: 'M-1 1l2-2M0 8l8-8M7 9l2-2M-1 7l2 2M0 0l8 8M7-1l2 2',
  narrowed: 'M-1 1l2-2M0 8l8-8M7 9l2-2',
  hole: 'M2 0v8M6 0v8',
  hole_benign: 'M4 0v8',
  no_continuity_field: 'M0 4h4',
  outside_export: 'M1.5 2h1M5.5 6h1',
};

/** Hatches of the gap kinds: told apart by form as well as by colour. Fill with `url(#gap-<kind>)`. */
export function GapPatterns() {
  return (
    <svg className="gap-patterns" aria-hidden="true" width="0" height="0" focusable="false">
      <defs>
        {GAP_KINDS.map((kind) => (
          <pattern key={kind} id={`gap-${kind}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <path
              d={HATCH[kind]}
              fill="none"
              strokeWidth={kind === 'not_recorded' ? 1.5 : 1.25}
              style={{ stroke: `var(--gap-${kind})` }}
            />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** A small piece of the hatch, for legends and lists. */
export function GapSwatch({ kind }: { readonly kind: GapKind }) {
  return (
    <svg className="gap-swatch" width="22" height="12" aria-hidden="true" focusable="false">
      <rect
        x="0.5"
        y="0.5"
        width="21"
        height="11"
        fill={`url(#gap-${kind})`}
        style={{ stroke: `var(--gap-${kind})` }}
      />
    </svg>
  );
}
