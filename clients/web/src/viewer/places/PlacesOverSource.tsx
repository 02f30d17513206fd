/** The source of a job that found points or boxes and made no image, with them over it. */

import { useCallback, useMemo, useState } from "react";
import { useT } from "../../i18n";
import type { Job } from "../../model";
import { message } from "../../ui/message";
import { State } from "../../ui/State";
import { View } from "../canvas/View";
import { Help } from "../input/Help";
import { StackBar } from "../stack/StackBar";
import { useSource } from "../stack/useResult";
import { createModel } from "../state/model";
import { Toolbar } from "../toolbar/Toolbar";
import classes from "../viewer.module.css";
import { PlacesLayer } from "./PlacesLayer";
import { usePlanes } from "./planes";
import { useJump } from "./useJump";
import type { PlaceChoices } from "./usePlaces";

export function PlacesOverSource({ job, index = 0, choices }: { job: Job; index?: number; choices: PlaceChoices }) {
  const t = useT();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plane at which it opens
  const model = useMemo(() => createModel({ index }), []);
  const { cache, stack, error } = useSource(job);
  const planes = usePlanes(stack, null, null).source;
  useJump(job, model, planes, choices);
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  const [unit, setUnit] = useState("");
  const caches = useMemo(() => (cache ? [cache] : []), [cache]);
  if (error)
    return (
      <State title={t("result.failed")} alert>
        {message(t, error)}
      </State>
    );
  if (!cache) return <p className="quiet pad">{t("result.opening")}</p>;
  return (
    <div className={classes.viewer} data-testid="places">
      <Toolbar model={model} hounsfield={unit === "HU"} onHelp={openHelp} />
      <div className={classes.panes}>
        <View
          model={model}
          cache={cache}
          title={t("viewer.source")}
          name={t("viewer.source")}
          onHelp={openHelp}
          main
          onFrame={(frame) => setUnit(frame.unit)}
          drawn={(frame, area) => planes && <PlacesLayer {...{ job, planes, model, frame, area, choices }} />}
        />
      </div>
      {cache.stack.count > 1 && <StackBar model={model} count={cache.stack.count} caches={caches} />}
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
