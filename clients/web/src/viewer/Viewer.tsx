/** The viewer of one stack. */

import { memo, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../i18n";
import type { Frame, Stack } from "../imaging/frame";
import type { Observable } from "../observable";
import { useServices } from "../services";
import { lazy } from "../ui/lazy";
import { message } from "../ui/message";
import { saveBlob } from "../ui/save";
import type { Trouble } from "./canvas/Pane";
import { View } from "./canvas/View";
import { DrawingsMenu, DrawnOver, useDrawable } from "./drawings/drawable";
import { Help } from "./input/Help";
import { useKeptMeasurements } from "./measure/keptMeasurements";
import { isPlain, type Layout, type Places } from "./panes/layout";
import type { Shown } from "./panes/PaneGrid";
import { PanesMenu } from "./panes/PanesMenu";
import { StackBar } from "./stack/StackBar";
import { useCache } from "./stack/useCache";
import { type Model, useModel } from "./state/model";
import { Toolbar } from "./toolbar/Toolbar";
import classes from "./viewer.module.css";

const MeasureList = lazy(() => import("./measure/MeasureList"));
const TagBrowser = lazy(() => import("./tags/TagBrowser"));
const PaneGrid = lazy(() => import("./panes/PaneGrid"));

interface Place {
  study: string;
  series: string;
  image: string;
}

interface Props {
  stack: Stack;
  title: string;
  model: Model;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  /** Where the planes are noted that are looked at, if there are several panes. */
  places: Observable<Places>;
  /** Called when an image is painted. */
  onPainted?: () => void;
  /** Called if the image that is looked at cannot be shown, and with null once that is no longer so. */
  onTrouble?: (trouble: Trouble | null) => void;
  list?: { shown: boolean; toggle: () => void };
}

/** Its page is drawn again for each plane; what is around the planes is not. */
export const Viewer = memo(function Viewer(props: Props) {
  const { stack, title, model, layout, onLayout, places, onPainted, onTrouble, list } = props;
  const t = useT();
  const cache = useCache(stack);
  const [help, setHelp] = useState(false);
  const [unit, setUnit] = useState("");
  const framed = useCallback((frame: Frame) => setUnit(frame.unit), []);
  const openHelp = useCallback(() => setHelp(true), []);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, layout.count - 1);
  const [elsewhere, setShown] = useState<Shown | null>(null);
  const plain = isPlain(layout);
  useEffect(() => {
    if (plain) setShown(null);
  }, [plain]);
  const at = elsewhere ?? (cache && { model, cache, unit, stack, source: stack });
  const planes = at?.cache;
  const caches = useMemo(() => (planes ? [planes] : []), [planes]);
  const kept = useKeptMeasurements(stack, model);
  const measured = useModel(model, (s) => s.measurements.length + s.removed.length > 0);
  const { pacs } = useServices();
  const [tagged, setTagged] = useState<Place | null>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  const drawable = useDrawable(stack);
  if (!cache || !at) return null;
  const placed = (): Place => {
    const { study, series, place, count } = at.stack;
    return { study, series, image: place(Math.min(at.model.get().index, count - 1)).image };
  };
  const original = async () => {
    const { study, series, image } = placed();
    setRefused(null);
    try {
      saveBlob(await pacs.original(study, series, image), `${image}.dcm`);
    } catch (error) {
      setRefused(error as Error);
    }
  };
  const archived = at.stack.archived ?? false;
  const stored = at.source ?? at.stack;
  const drawn = stored.described
    ? { stack: stored, model: at.model, cut: stored !== at.stack }
    : { stack, model, cut: false };
  return (
    <div className={classes.viewer}>
      <Toolbar
        model={at.model}
        hounsfield={at.unit === "HU"}
        onHelp={openHelp}
        list={list}
        onTags={archived ? () => setTagged(placed()) : undefined}
        onOriginal={archived ? () => void original() : undefined}
      >
        <PanesMenu layout={layout} onLayout={onLayout} active={active} stack={at.source ?? at.stack} />
        {drawable && <DrawingsMenu {...drawn} />}
      </Toolbar>
      {plain ? (
        <div className={classes.panes}>
          <View
            model={model}
            cache={cache}
            title={title}
            name={t("viewer.source")}
            onHelp={openHelp}
            main
            onFrame={framed}
            onPainted={onPainted}
            onTrouble={onTrouble}
            drawn={drawable ? (frame, area) => <DrawnOver {...{ stack, model, frame, area }} /> : undefined}
          />
        </div>
      ) : (
        <Suspense fallback={<div className={classes.panes} />}>
          <PaneGrid
            {...{ stack, cache, model, title, layout, onLayout, places, active, onPainted, onTrouble }}
            onActive={setActive}
            onShown={setShown}
            onHelp={openHelp}
          />
        </Suspense>
      )}
      {measured && (
        <Suspense fallback={null}>
          <MeasureList model={model} cache={cache} kept={kept} />
        </Suspense>
      )}
      {at.cache.stack.count > 1 && <StackBar model={at.model} count={at.cache.stack.count} caches={caches} />}
      {refused && (
        <p role="alert" className={classes.count}>
          {t("view.originalFailed")} {message(t, refused)}
        </p>
      )}
      {tagged && (
        <Suspense fallback={null}>
          <TagBrowser {...tagged} onClose={() => setTagged(null)} />
        </Suspense>
      )}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
});
