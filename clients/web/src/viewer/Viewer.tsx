/** The viewer of one stack. */

import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useT } from "../i18n";
import type { Frame, Stack } from "../imaging/frame";
import { Help } from "./Help";
import { useKeptMeasurements } from "./keptMeasurements";
import { createModel, type Model, useModel } from "./model";
import type { Trouble } from "./Pane";
import { StackBar } from "./StackBar";
import { Toolbar } from "./Toolbar";
import { useCache } from "./useCache";
import { View } from "./View";
import classes from "./viewer.module.css";

const MeasureList = lazy(() => import("./MeasureList"));

interface Props {
  stack: Stack;
  title: string;
  model?: Model;
  /** Called when an image is painted. */
  onPainted?: () => void;
  /** Called if the image that is looked at cannot be shown, and with null once that is no longer so. */
  onTrouble?: (trouble: Trouble | null) => void;
  list?: { shown: boolean; toggle: () => void };
}

export function Viewer({ stack, title, model: shared, onPainted, onTrouble, list }: Props) {
  const t = useT();
  const cache = useCache(stack);
  const model = useMemo(() => shared ?? createModel(), [shared]);
  const [help, setHelp] = useState(false);
  const [unit, setUnit] = useState("");
  const framed = useCallback((frame: Frame) => setUnit(frame.unit), []);
  const caches = useMemo(() => (cache ? [cache] : []), [cache]);
  const kept = useKeptMeasurements(stack, model);
  const measured = useModel(model, (s) => s.measurements.length > 0);
  if (!cache) return null;
  return (
    <div className={classes.viewer}>
      <Toolbar model={model} hounsfield={unit === "HU"} onHelp={() => setHelp(true)} list={list} />
      <div className={classes.panes}>
        <View
          model={model}
          cache={cache}
          title={title}
          name={t("viewer.source")}
          onHelp={() => setHelp(true)}
          main
          onFrame={framed}
          onPainted={onPainted}
          onTrouble={onTrouble}
        />
      </div>
      {measured && (
        <Suspense fallback={null}>
          <MeasureList model={model} cache={cache} kept={kept} />
        </Suspense>
      )}
      {stack.count > 1 && <StackBar model={model} count={stack.count} caches={caches} />}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
