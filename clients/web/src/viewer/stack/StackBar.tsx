/** The bar below a stack: play and position. */

import { ActionIcon, Button, Slider, Tooltip } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useT } from "../../i18n";
import { short } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { type Model, useModel } from "../state/model";
import classes from "../viewer.module.css";
import type { FrameCache } from "./cache";
import { FASTEST, ownRate, paceOf, play, USUAL } from "./cine";

interface Props {
  model: Model;
  count: number;
  /** The stacks that are shown: the cine waits for the planes of all of them. */
  caches: readonly FrameCache[];
}

export function StackBar({ model, count, caches }: Props) {
  const t = useT();
  const index = useModel(model, (s) => Math.min(s.index, count - 1));
  const cine = useModel(model, (s) => s.cine);
  const speed = useModel(model, (s) => s.framesPerSecond);
  const first = caches[0]?.stack;
  const own = useMemo(() => first && ownRate(first), [first]);
  const late = useCine(model, caches, count);
  return (
    <div className={classes.bar}>
      <Tooltip label={`${cine ? t("viewer.stop") : t("viewer.play")} (${t("viewer.space")})`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={cine ? t("viewer.stop") : t("viewer.play")}
          onClick={() => model.set({ cine: !cine })}
        >
          <Icon name={cine ? "stop" : "play"} />
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.grow}
        min={0}
        max={count - 1}
        value={index}
        onChange={(value) => model.set({ index: value })}
        label={null}
        size="sm"
        thumbLabel={t("viewer.slider")}
        thumbValueText={t("viewer.slice", { n: index + 1, count })}
      />
      <span className={classes.count}>
        {index + 1} / {count}
      </span>
      {late && (
        <span className={classes.count} role="status">
          {t("viewer.cineWaits")}
        </span>
      )}
      {cine && (
        <Slider
          w={90}
          min={1}
          max={FASTEST}
          value={Math.min(FASTEST, Math.round(speed ?? own ?? USUAL))}
          onChange={(value) => model.set({ framesPerSecond: value })}
          label={(v) => `${v} /s`}
          size="sm"
          thumbLabel={t("viewer.speed")}
        />
      )}
      {cine && own && (
        <Button
          size="compact-xs"
          variant={speed === null ? "default" : "subtle"}
          aria-pressed={speed === null}
          onClick={() => model.set({ framesPerSecond: null })}
        >
          {t(own > FASTEST && speed === null ? "viewer.ownRateSlower" : "viewer.ownRate", {
            n: short(t, own, 3),
            most: FASTEST,
          })}
        </Button>
      )}
    </div>
  );
}

/** Shows one plane after the other, each once it is loaded, at most so many a second; returns whether one is late. */
function useCine(model: Model, caches: readonly FrameCache[], count: number): boolean {
  const cine = useModel(model, (s) => s.cine);
  const speed = useModel(model, (s) => s.framesPerSecond);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const [first] = caches;
    return cine && first ? play(model, caches, count, paceOf(first.stack, speed), setLate) : undefined;
  }, [cine, speed, count, model, caches]);
  return cine && late;
}
