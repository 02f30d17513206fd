/** What the value under the pointer stands for beside its slope and table: real world values, one a line. */

import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import { realWorldAt } from "../../imaging/values/realWorld";
import { short } from "../../ui/format";

/** A file may have sixteen mappings: more lines would cover the image. */
const MOST = 3;

export default function RealWorld({ frame, at }: { frame: Frame; at: Point }) {
  const t = useT();
  return realWorldAt(frame, at)
    .slice(0, MOST)
    .map(({ label, unit, value }) => {
      const text = [label, short(t, value, 2), unit].filter(Boolean).join(" ");
      return (
        <div key={text} data-testid="realWorld">
          {text}
        </div>
      );
    });
}
