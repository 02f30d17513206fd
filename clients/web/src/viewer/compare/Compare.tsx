/** Source and result together: linked window, zoom and plane; swipe, difference or mask. */

import { SegmentedControl } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useT } from "../../i18n";
import { isMask } from "../../imaging/files/metaPlane";
import type { Frame } from "../../imaging/frame";
import type { Job } from "../../model";
import { message } from "../../ui/message";
import { Skeletons, State } from "../../ui/State";
import { DrawingsMenu, DrawnOver, useDrawable } from "../drawings/drawable";
import { Help } from "../input/Help";
import { LabelList } from "../labels/LabelList";
import { AddLabels, useLayers } from "../labels/useLayers";
import { PlacesLayer } from "../places/PlacesLayer";
import { usePlanes } from "../places/planes";
import { useJump } from "../places/useJump";
import type { PlaceChoices } from "../places/usePlaces";
import { StackBar } from "../stack/StackBar";
import { imagesOf, useResultStack, useSource } from "../stack/useResult";
import { createModel, type Model, setBoth, withOwnWindow } from "../state/model";
import { Toolbar } from "../toolbar/Toolbar";
import classes from "../viewer.module.css";
import { DifferenceLegend, Share } from "./CompareBar";
import { ComparePanes } from "./ComparePanes";
import { type CompareMode, modesOf } from "./compareModes";
import { comparedAt, useCompareAddress } from "./useCompareAddress";

export function Compare({ job, index = 0, choices }: { job: Job; index?: number; choices: PlaceChoices }) {
  const t = useT();
  const [opened] = useState(() => comparedAt(window.location.search));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plane at which it opens
  const model = useMemo(() => createModel({ ...opened.look, index: opened.index ?? index }), []);
  const apart = useMemo(() => withOwnWindow(model, opened.own), [model, opened]);
  const both = useMemo<Model>(() => ({ ...model, set: (change) => setBoth(model, apart, change) }), [model, apart]);
  const source = useSource(job);
  const sourceless = job.reference.scope === "study" || source.error !== null;
  const images = imagesOf(job);
  const [shown, setShown] = useState((images.find((one) => one.name === opened.output) ?? images[0])?.name);
  const result = useResultStack(job, source.cache, sourceless, shown);
  const [picked, setPicked] = useState<CompareMode | null>(opened.mode);
  const [opacity, setOpacity] = useState(opened.opacity);
  const [swipe, setSwipe] = useState(opened.swipe);
  const [help, setHelp] = useState(false);
  const [first, setFirst] = useState<Frame | null>(null);
  const openHelp = useCallback(() => setHelp(true), []);
  const over = useLayers({ job, shown, source: source.cache, result });
  const [left, right] = [source.cache, result.cache];
  const caches = useMemo(() => [left, right].filter((one) => one !== null), [left, right]);
  const drawable = useDrawable(source.stack);
  useCompareAddress({ model, apart, picked, output: shown, opacity, swipe, job, planes: right?.stack.count ?? 0 });
  const lying = usePlanes(source.stack, result.stack, result.image);
  useJump(job, model, lying.source ?? lying.result, choices);
  if (result.error) {
    return (
      <State title={t("result.failed")} alert action={{ label: t("common.retry"), onClick: () => void result.again() }}>
        {message(t, result.error)}
      </State>
    );
  }
  if (!right || !result.image) {
    return (
      <div className="panel" style={{ height: "100%", padding: 8 }}>
        <p className="quiet" role="status" style={{ margin: 8 }}>
          {t("result.opening")}
        </p>
        <Skeletons count={1} height={380} />
      </div>
    );
  }
  const mask = isMask(result.image);
  // Only images of one size can be compared pixel by pixel.
  const alike = !first || (first.rows === result.image.rows && first.columns === result.image.columns);
  const scale = result.image.display?.scale ?? "source";
  const modes = modesOf({ source: left !== null, paired: left?.stack.count === right.stack.count, alike, mask, scale });
  const mode = picked && modes.includes(picked) ? picked : modes.includes("mask") ? "mask" : (modes[0] as CompareMode);
  // A window of the source says nothing about values on another scale.
  const own = scale === "source" && !mask ? model : apart;
  return (
    <div className={classes.viewer} data-testid="compare" data-mode={mode}>
      <Toolbar
        model={mode === "only" ? own : both}
        hounsfield={first?.unit === "HU" && (mode !== "only" || scale === "source")}
        onHelp={openHelp}
      >
        {modes.length > 1 && (
          <SegmentedControl
            size="xs"
            ml={8}
            aria-label={t("result.mode")}
            value={mode}
            onChange={(value) => setPicked(value as CompareMode)}
            data={modes.map((value) => ({ value, label: t(`result.${value}`) }))}
          />
        )}
        {images.length > 1 && (
          <SegmentedControl
            size="xs"
            ml={8}
            aria-label={t("result.output")}
            value={shown}
            onChange={setShown}
            data={images.map(({ name, port }) => ({ value: name, label: (port ?? name).replaceAll("_", " ") }))}
          />
        )}
        {mode === "mask" && <AddLabels offered={over.offered} onAdd={over.add} />}
        {over.loaders}
        {source.stack && drawable && <DrawingsMenu stack={source.stack} model={model} />}
        {!alike && <span className={classes.count}>{t("result.difUnequal")}</span>}
        {source.error && (
          <span className={classes.count} role="status">
            {t("viewer.source")}: {message(t, source.error)}
          </span>
        )}
      </Toolbar>
      <ComparePanes
        {...{ mode, model, own, left, swipe }}
        right={mode === "mask" && over.cache ? over.cache : right}
        opacity={opacity / 100}
        onHelp={openHelp}
        onFrame={setFirst}
        drawnOver={(side, shownBy) => {
          const planes = side === "below" ? null : (lying[side] ?? lying.result);
          const stack = side === "result" ? null : source.stack;
          return (frame, area) => (
            <>
              {stack && drawable && <DrawnOver {...{ stack, frame, area }} model={shownBy} />}
              {planes && <PlacesLayer {...{ job, planes, frame, area, choices }} model={shownBy} />}
            </>
          );
        }}
      />
      {mode === "swipe" && <Share label={t("result.swipeSlider")} value={swipe} onChange={setSwipe} />}
      {mode === "mask" && <Share label={t("result.opacity")} value={opacity} onChange={setOpacity} />}
      {mode === "difference" && left && <DifferenceLegend model={model} source={left} result={right} />}
      {mask && (
        <LabelList
          model={model}
          layers={mode === "mask" ? over.layers : over.layers.slice(0, 1)}
          onRemove={over.remove}
        />
      )}
      {right.stack.count > 1 && <StackBar model={model} count={right.stack.count} caches={caches} />}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
