/** The bar below a comparison: a slider for swipe or opacity, or the legend of the difference's colours. */

import { Slider } from "@mantine/core";
import { useMemo } from "react";
import { useT } from "../i18n";
import type { Frame } from "../imaging/frame";
import { differenceRange } from "../imaging/paint";
import { short } from "../ui/format";
import type { FrameCache } from "./cache";
import { type Model, useModel } from "./model";
import classes from "./viewer.module.css";

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

/** The legend of the difference between the shown planes of source and result. */
export function Legend({ model, frame, result }: { model: Model; frame: Frame | null; result: FrameCache }) {
  const t = useT();
  const index = useModel(model, (s) => s.index);
  const other = result.peek(Math.min(index, result.stack.count - 1));
  const range = useMemo(() => (frame && other ? differenceRange(frame, other) : null), [frame, other]);
  const end = range === null ? "" : `${short(range)} ${frame?.unit ?? ""}`.trim();
  return (
    <div className={classes.bar}>
      <span className={classes.count}>
        {t("result.difLow")} {end && `−${end}`} <span className={classes.legend} /> {end && `+${end}`}{" "}
        {t("result.difHigh")}
      </span>
    </div>
  );
}
