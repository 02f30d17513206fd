/** The bars below a comparison: a slider for swipe or opacity, the colours of a difference. */

import { Slider } from "@mantine/core";
import { useT } from "../../i18n";
import { signedColour } from "../../imaging/values/colour";
import { difference, differenceRange } from "../../imaging/values/difference";
import { short } from "../../ui/format";
import { ColourScale } from "../canvas/ColourScale";
import type { FrameCache } from "../stack/cache";
import { usePlane } from "../stack/usePlane";
import { type Model, useModel } from "../state/model";
import classes from "../viewer.module.css";

/** A slider from 0 to 100 %. */
export function Share({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <div className={classes.bar}>
      <span className={classes.count}>{label}</span>
      <Slider
        className={classes.grow}
        size="sm"
        min={0}
        max={100}
        value={value}
        onChange={onChange}
        label={null}
        thumbLabel={label}
      />
    </div>
  );
}

interface DifferenceProps {
  model: Model;
  source: FrameCache;
  result: FrameCache;
}

/** The colours of the difference between the shown planes, with the values at their ends. */
export function DifferenceLegend({ model, source, result }: DifferenceProps) {
  const t = useT();
  const index = useModel(model, (s) => s.index);
  const [from, to] = [usePlane(source, index), usePlane(result, index)];
  const shown = from && to ? difference(from, to) : null;
  const end = shown ? `${short(t, differenceRange(shown))} ${shown.unit}`.trim() : "";
  return (
    <div className={classes.bar} data-testid="legend">
      <span className={classes.count}>
        {t("result.difLow")} {end && `−${end}`} <ColourScale colourAt={signed} /> {end && `+${end}`}{" "}
        {t("result.difHigh")}
      </span>
    </div>
  );
}

const signed = (at: number) => signedColour(2 * at - 1);
