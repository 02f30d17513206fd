/** The viewer of one stack. */

import { useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../i18n";
import type { Frame, Stack } from "../imaging/frame";
import { FrameCache } from "./cache";
import { Help } from "./Help";
import { createModel, type Model } from "./model";
import { StackBar } from "./StackBar";
import { Toolbar } from "./Toolbar";
import { View } from "./View";
import classes from "./viewer.module.css";

interface Props {
  stack: Stack;
  title: string;
  model?: Model;
  /** Called when an image is painted. */
  onPainted?: () => void;
  list?: { shown: boolean; toggle: () => void };
}

export function Viewer({ stack, title, model: given, onPainted, list }: Props) {
  const t = useT();
  const cache = useCache(stack);
  const model = useMemo(() => given ?? createModel(), [given]);
  const [help, setHelp] = useState(false);
  const [unit, setUnit] = useState("");
  const framed = useCallback(
    (frame: Frame) => {
      setUnit(frame.unit);
      onPainted?.();
    },
    [onPainted],
  );
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
          onFrame={framed}
        />
      </div>
      {stack.count > 1 && <StackBar model={model} count={stack.count} />}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** The planes of a stack, dropped when another stack is shown. */
export function useCache(stack: Stack | null): FrameCache | null {
  const cache = useMemo(() => (stack ? new FrameCache(stack) : null), [stack]);
  useEffect(() => () => cache?.dispose(), [cache]);
  return cache;
}
