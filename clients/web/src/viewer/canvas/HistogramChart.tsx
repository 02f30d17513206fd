/** A chart of how often each value occurs, with the span of the window. */

import { useMemo } from "react";
import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import { histogram } from "../../imaging/values/histogram";
import type { Window } from "../../imaging/values/window";
import { short } from "../../ui/format";
import classes from "./canvas.module.css";

export function HistogramChart({ frame, window }: { frame: Frame; window: Window }) {
  const t = useT();
  const found = useMemo(() => histogram(frame), [frame]);
  const [wide, high] = [220, 84];
  const top = Math.max(1, ...found.counts.map((n) => Math.log1p(n)));
  const span = found.high - found.low || 1;
  const x = (value: number) => Math.min(wide, Math.max(0, ((value - found.low) / span) * wide));
  const [from, to] = [window.center - window.width / 2, window.center + window.width / 2];
  const label = t("viewer.histogramLabel", {
    low: short(t, found.low),
    high: short(t, found.high),
    from: short(t, from),
    to: short(t, to),
  });
  return (
    <svg className={classes.histogram} viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={label}>
      <rect x={x(from)} y="0" width={Math.max(1, x(to) - x(from))} height={high - 16} fill="#4dabf7" opacity="0.25" />
      {found.counts.map((n, i) => {
        const tall = (Math.log1p(n) / top) * (high - 22);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={i} x={(i * wide) / 128} y={high - 16 - tall} width={wide / 128} height={tall} fill="#adb5bd" />
        );
      })}
      <text x="4" y={high - 4} fontSize="11" fill="#dbe4ec">
        {short(t, found.low)}
      </text>
      <text x={wide - 4} y={high - 4} fontSize="11" fill="#dbe4ec" textAnchor="end">
        {short(t, found.high)}
      </text>
    </svg>
  );
}
