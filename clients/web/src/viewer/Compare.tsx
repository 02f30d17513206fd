/** Source and result together: linked window, zoom and plane; swipe, difference or mask. */

import { SegmentedControl } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useT } from "../i18n";
import type { Frame } from "../imaging/frame";
import type { Job } from "../model";
import { isMask, useResultStack, useSource } from "../pages/useResult";
import { message } from "../ui/message";
import { Skeletons, State } from "../ui/State";
import { Legend, Share } from "./CompareBar";
import { Help } from "./Help";
import { createModel, type Model, setBoth, withOwnWindow } from "./model";
import { StackBar } from "./StackBar";
import { Toolbar } from "./Toolbar";
import { View } from "./View";
import classes from "./viewer.module.css";

type Mode = "side" | "swipe" | "difference" | "mask" | "only";

export function Compare({ job }: { job: Job }) {
  const t = useT();
  const model = useMemo(() => createModel(), []);
  const apart = useMemo(() => withOwnWindow(model), [model]);
  const both = useMemo<Model>(() => ({ ...model, set: (change) => setBoth(model, apart, change) }), [model, apart]);
  const source = useSource(job);
  const sourceless = job.reference.scope === "study" || source.error !== null;
  const result = useResultStack(job, source.cache, sourceless);
  const mask = useMemo(() => (result.image ? isMask(result.image) : false), [result.image]);
  const [picked, setPicked] = useState<Mode | null>(null);
  const [opacity, setOpacity] = useState(50);
  const [swipe, setSwipe] = useState(50);
  const [help, setHelp] = useState(false);
  const [first, setFirst] = useState<Frame | null>(null);
  const openHelp = useCallback(() => setHelp(true), []);
  if (result.error) {
    return (
      <State title={t("viewer.failed")} alert>
        {message(t, result.error)}
      </State>
    );
  }
  const [left, right] = [source.cache, result.cache];
  if (!right) {
    return (
      <div className="panel" style={{ height: "100%", padding: 8 }}>
        <p className="quiet" role="status" style={{ margin: 8 }}>
          {t("result.opening")}
        </p>
        <Skeletons count={1} height={380} />
      </div>
    );
  }
  const linked = left !== null && left.stack.count === right.stack.count;
  // Only images of one size can be compared pixel by pixel.
  const alike = !first || !result.image || (first.rows === result.image.rows && first.columns === result.image.columns);
  const scale = result.image?.display?.scale ?? "source";
  const same = scale === "source" || scale === "colour";
  const modes: Mode[] = left
    ? linked && alike
      ? ["side", "swipe", ...(same ? (["difference"] as const) : []), ...(mask ? (["mask"] as const) : []), "only"]
      : ["side", "only"]
    : ["only"];
  const mode = picked && modes.includes(picked) ? picked : modes.includes("mask") ? "mask" : (modes[0] as Mode);
  const names = {
    side: "result.side",
    swipe: "result.swipe",
    difference: "result.difference",
    mask: "result.mask",
    only: "result.only",
  } as const;
  const common = { model, onHelp: openHelp };
  // A window of the source says nothing about values on another scale.
  const own = scale === "source" ? common : { ...common, model: apart };
  const sourceView = left && (
    <View {...common} cache={left} title={t("viewer.source")} name={t("viewer.source")} onFrame={setFirst} />
  );
  return (
    <div className={classes.viewer} data-testid="compare" data-mode={mode}>
      <Toolbar
        model={mode === "only" ? own.model : both}
        hounsfield={first?.unit === "HU" && (mode !== "only" || scale === "source")}
        onHelp={openHelp}
      >
        {modes.length > 1 && (
          <SegmentedControl
            size="xs"
            ml={8}
            aria-label={t("result.mode")}
            value={mode}
            onChange={(value) => setPicked(value as Mode)}
            data={modes.map((value) => ({ value, label: t(names[value]) }))}
          />
        )}
        {!alike && <span className={classes.count}>{t("result.difUnequal")}</span>}
      </Toolbar>
      <div className={classes.panes}>
        {mode === "side" && (
          <>
            {sourceView}
            <View {...own} cache={right} title={t("viewer.result")} name={t("viewer.result")} />
          </>
        )}
        {mode === "only" && (
          <View
            {...own}
            cache={right}
            title={t("viewer.result")}
            name={t("viewer.result")}
            onFrame={left ? undefined : setFirst}
          />
        )}
        {mode === "swipe" && left && (
          <div className={classes.pane}>
            <View
              {...common}
              className={classes.stacked}
              cache={left}
              title=""
              name={t("viewer.source")}
              onFrame={setFirst}
              bare
            />
            <View
              {...own}
              className={classes.stacked}
              cache={right}
              title={`${t("viewer.source")} | ${t("viewer.result")}`}
              name={t("viewer.result")}
              clip={swipe}
            />
            <div className={classes.swipe} style={{ left: `${swipe}%` }} />
          </div>
        )}
        {mode === "difference" && left && (
          <View
            {...common}
            cache={left}
            over={right}
            mode="difference"
            onFrame={setFirst}
            title={t("result.difference")}
            name={t("result.difference")}
          />
        )}
        {mode === "mask" && left && (
          <View
            {...common}
            cache={left}
            over={right}
            mode="mask"
            onFrame={setFirst}
            opacity={opacity / 100}
            title={t("result.mask")}
            name={t("result.mask")}
          />
        )}
      </div>
      {mode === "swipe" && <Share label={t("result.swipeSlider")} value={swipe} onChange={setSwipe} />}
      {mode === "mask" && <Share label={t("result.opacity")} value={opacity} onChange={setOpacity} />}
      {mode === "difference" && <Legend model={model} frame={first} result={right} />}
      {right.stack.count > 1 && <StackBar model={model} count={right.stack.count} />}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
