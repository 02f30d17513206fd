/** The viewer of one stack. */

import { useEffect, useMemo, useState } from "react";
import { useT } from "../i18n";
import type { Stack } from "../imaging/frame";
import { FrameCache } from "./cache";
import { Help } from "./Help";
import { createModel, type Model } from "./model";
import { StackBar } from "./StackBar";
import { Toolbar } from "./Toolbar";
import { View } from "./View";
import classes from "./viewer.module.css";

export function Viewer({ stack, title, model: given }: { stack: Stack; title: string; model?: Model }) {
  const t = useT();
  const cache = useCache(stack);
  const model = useMemo(() => given ?? createModel(), [given]);
  const [help, setHelp] = useState(false);
  const [unit, setUnit] = useState("");
  if (!cache) return null;
  return (
    <div className={classes.viewer}>
      <Toolbar model={model} hounsfield={unit === "HU"} onHelp={() => setHelp(true)} />
      <div className={classes.panes}>
        <View
          model={model}
          cache={cache}
          title={title}
          name={t("viewer.source")}
          onHelp={() => setHelp(true)}
          onFrame={(frame) => setUnit(frame.unit)}
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
