/** One of several panes: a series or a result, as it is stored or cut, linked with the others. */

import { useCallback, useMemo } from "react";
import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import { type Point, physicalPosition } from "../../imaging/space/geometry";
import type { Size } from "../../imaging/space/view";
import type { Job } from "../../model";
import { decimal } from "../../ui/format";
import { View } from "../canvas/View";
import DrawnOver from "../drawings/DrawnOver";
import DrawnThrough from "../drawings/DrawnThrough";
import { useKeptMeasurements } from "../measure/keptMeasurements";
import { PlacesLayer } from "../places/PlacesLayer";
import { resultPlanes, sourcePlanes } from "../places/planes";
import classes from "../viewer.module.css";
import { MissingPlanes, Unloaded } from "./cut/MissingPlanes";
import { useCut } from "./cut/useCut";
import { CrossLines } from "./link/CrossLines";
import { isComparable } from "./link/linkPlaces";
import { useMember } from "./link/useMember";
import { refusalText } from "./refusalText";
import type { SlotProps } from "./slotProps";
import { type Base, useJobBase, useSeriesBase } from "./useBase";
import { Waiting } from "./Waiting";

export function SeriesSlot({ study, series, ...rest }: SlotProps & { study: string; series: string }) {
  const { base, error } = useSeriesBase(study, series);
  return base ? (
    <>
      <Keep base={base} />
      <Slot {...rest} base={base} />
    </>
  ) : (
    <Waiting error={error} />
  );
}

export function JobSlot({ job, ...rest }: SlotProps & { job: Job }) {
  const { base, error } = useJobBase(job);
  return base ? <Slot {...rest} base={base} /> : <Waiting error={error} />;
}

function Keep({ base }: { base: Base }) {
  useKeptMeasurements(base.stack, base.model);
  return null;
}

export function Slot({
  n,
  base,
  choice,
  link,
  others,
  jobs,
  active,
  onShown,
  places,
  ...rest
}: SlotProps & { base: Base }) {
  const t = useT();
  const { shown, loaded, again } = useCut(base, choice);
  const planes = useMemo(
    () =>
      shown &&
      (shown.image && !shown.source ? resultPlanes(shown.stack, shown.image) : sourcePlanes(shown.stack, null)),
    [shown],
  );
  const framed = useCallback(
    (frame: Frame) => shown && onShown(n, { ...shown, unit: frame.unit }),
    [n, shown, onShown],
  );
  useMember({ n, shown, choice, link, onShown, places });
  const go = useCallback(
    (point: Point) => {
      const outline = shown?.stack.outline?.(Math.min(shown.model.get().index, shown.stack.count - 1));
      const place = outline && physicalPosition(outline.geometry, point);
      if (place && shown) link.goTo(place, shown.stack);
    },
    [shown, link],
  );
  if (!shown) {
    const { error } = loaded;
    if (error instanceof Error) return <Unloaded error={error} onAgain={again} />;
    if (error) return <Waiting error={new Error(`${t("panes.noVolume")} ${refusalText(t, error)}`)} />;
    return (
      <p className={classes.message} role="status" data-testid="loadingVolume">
        {t("volume.loading", { n: loaded.done, count: base.stack.count })}
      </p>
    );
  }
  const { model } = shown;
  // Only over the images from which they were found: frames of reference are not compared.
  const found = jobs.filter(
    ({ reference }) => reference.study_id === shown.stack.study && (reference.series_id ?? "") === shown.stack.series,
  );
  const near = others.filter(({ member }) => isComparable(member.stack, shown.stack));
  const drawn = (frame: Frame, area: Size) => (
    <>
      <CrossLines {...{ model, frame, area }} others={near} />
      {shown.stack.described && <DrawnOver {...{ stack: shown.stack, model, frame, area }} />}
      {shown.cut && shown.source?.described && (
        <DrawnThrough {...{ stack: shown.source, cut: shown.cut, model, frame, area }} />
      )}
      {shown.cut && loaded.missing.length > 0 && <MissingPlanes missing={loaded.missing} />}
      {planes && found.map((job) => <PlacesLayer key={job.key} {...{ job, planes, model, frame, area }} />)}
    </>
  );
  const { plane, slab } = choice;
  // The plane comes first: in a small pane the end is cut off, and its head names the series.
  const words = plane === "stored" ? [] : [t(`panes.${plane}`)];
  if (plane !== "stored" && slab.kind !== "none") words.push(`${t(`slab.${slab.kind}`)} ${decimal(t, slab.mm)} mm`);
  return (
    <View
      {...rest}
      model={shown.model}
      cache={shown.cache}
      title={[...words, base.title].join(" · ")}
      name={t("panes.pane", { n: n + 1 })}
      main={active}
      onFrame={framed}
      onPoint={go}
      drawn={drawn}
    />
  );
}
