import type { Gap, SourceSpan } from '../../host/timeline.ts';
import { t } from '../text/message.ts';
import type { Stretch } from './viewport.ts';

/** What switches the audit off or narrows it; between such stretches it was on, as far as the record tells. */
const POLICY = new Set<Gap['kind']>(['not_recorded', 'narrowed']);
/** Width of a letter of the setting's font. */
const LETTER = 6.1;

interface Props {
  readonly source: SourceSpan;
  readonly gaps: readonly Gap[];
  readonly chosen: string | undefined;
  readonly x: (time: number) => number;
  readonly top: number;
  readonly height: number;
}

/** One source over time: where its audit was on, off or narrowed (with the setting that held), and where records are missing. */
export function SourceLane({ source, gaps, chosen, x, top, height }: Props) {
  const own = gaps.filter((gap) => gap.source === source.source);
  return (
    <>
      {audited(source, own).map(({ from, to }) => (
        <rect
          key={from}
          className="span"
          x={x(from)}
          y={top + height / 2 - 3}
          width={Math.max(1, x(to) - x(from))}
          height={5}
          rx={2}
        />
      ))}
      {own.map((gap) => {
        const [left, width] = [x(gap.from), Math.max(3, x(gap.to) - x(gap.from) - 1)];
        const setting = gap.setting === undefined ? undefined : fitting(gap.setting, width);
        return (
          <g key={gap.id} className="gap-mark" data-gap={gap.id}>
            <title>{`${t(`gap.${gap.kind}`)}: ${gap.what}`}</title>
            <rect className="gap-target" x={left - 10} y={top} width={width + 20} height={height} />
            <rect
              className={gap.id === chosen ? 'gap chosen' : 'gap'}
              x={left + 0.5}
              y={top + 3.5}
              width={width}
              height={height - 8}
              fill={`url(#gap-${gap.kind})`}
              style={{ stroke: `var(--gap-${gap.kind})` }}
            />
            {setting === undefined ? undefined : (
              <>
                <rect
                  className="setting-plate"
                  x={left + 5}
                  y={top + 4}
                  width={setting.length * LETTER + 6}
                  height={height - 9}
                />
                <text className="setting" x={left + 8} y={top + height / 2 + 2}>
                  {setting}
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}

/** The stretches of a source in which nothing on record says that its audit was off or narrowed. */
export function audited(source: Stretch, gaps: readonly Gap[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = source.from;
  for (const gap of gaps.filter((one) => POLICY.has(one.kind)).toSorted((a, b) => a.from - b.from)) {
    if (gap.from > from) stretches.push({ from, to: Math.min(gap.from, source.to) });
    from = Math.max(from, gap.to);
  }
  if (from < source.to || source.from === source.to) stretches.push({ from, to: source.to });
  return stretches;
}

/** As much of a setting as fits its band; too little to say anything is nothing. */
function fitting(setting: string, width: number): string | undefined {
  const letters = Math.floor((width - 16) / LETTER);
  if (letters >= setting.length) return setting;
  return letters < 12 ? undefined : `${setting.slice(0, letters - 1)}…`;
}
