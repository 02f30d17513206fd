/** The measurements of a series: their figures, a way to each, and files of all of them. */

import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../../i18n";
import { useWords } from "../../i18n/words";
import type { Frame } from "../../imaging/frame";
import { figures } from "../../imaging/space/measure";
import { saveBlob } from "../../ui/save";
import type { FrameCache } from "../stack/cache";
import { type Model, useModel } from "../state/model";
import { toCsv, toJson } from "./exportMeasurements";
import { figureText } from "./figureText";
import classes from "./measure.module.css";
import { removeMeasurement, restoreMeasurement } from "./measuring";
import { words } from "./words";

interface Props {
  model: Model;
  cache: FrameCache;
  /** Whether the browser's storage has them. */
  kept: boolean;
}

export default function MeasureList({ model, cache, kept }: Props) {
  const { t, language } = useLanguage();
  const say = useWords(words);
  const undo = useRef<HTMLButtonElement>(null);
  const removed = useModel(model, (s) => s.removed.length > 0);
  const measurements = useModel(model, (s) => s.measurements);
  const selected = useModel(model, (s) => s.selected);
  const planes = usePlanes(
    cache,
    measurements.map((one) => one.index),
  );
  const all = measurements.map((measurement) => {
    const frame = planes.get(measurement.index);
    return { measurement, figures: frame ? figures(frame, measurement) : [] };
  });
  const ready = measurements.every((one) => planes.has(one.index));
  return (
    <div className={classes.measurements} data-testid="measurements">
      {!kept && <p role="alert">{say("notKept")}</p>}
      {removed && (
        <Button
          ref={undo}
          size="compact-xs"
          variant="subtle"
          style={{ float: "right" }}
          onClick={() => restoreMeasurement(model)}
        >
          {say("undo")}
        </Button>
      )}
      <details>
        <summary>{say("list", { n: measurements.length })}</summary>
        <ol>
          {all.map(({ measurement: one, figures: found }) => (
            <li key={one.id} aria-current={one.id === selected ? "true" : undefined}>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => model.set({ index: one.index, selected: one.id })}
              >
                {t(`measure.${one.shape}`)} · {say("plane", { n: one.index + 1 })}
              </Button>
              <span>{found.map((figure) => figureText(t, figure)).join(" · ") || "…"}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={say("remove", { shape: t(`measure.${one.shape}`), n: one.index + 1 })}
                onClick={() => {
                  removeMeasurement(model, one.id);
                  // Its button is gone: the keyboard goes on where the removal can be undone.
                  requestAnimationFrame(() => undo.current?.focus());
                }}
              >
                ×
              </Button>
            </li>
          ))}
        </ol>
        {(["csv", "json"] as const).map((kind) => (
          <Button
            key={kind}
            size="compact-xs"
            variant="default"
            mr={8}
            disabled={!ready}
            onClick={() => save(kind, kind === "csv" ? toCsv(cache.stack, all, language) : toJson(cache.stack, all))}
          >
            {say("save", { kind: kind.toUpperCase() })}
          </Button>
        ))}
      </details>
    </div>
  );
}

/** The planes with these numbers, as they are loaded. */
function usePlanes(cache: FrameCache, indices: readonly number[]): ReadonlyMap<number, Frame> {
  const [planes, setPlanes] = useState<ReadonlyMap<number, Frame>>(new Map());
  const wanted = [...new Set(indices)].sort((a, b) => a - b).join();
  useEffect(() => {
    let current = true;
    for (const index of wanted ? wanted.split(",").map(Number) : []) {
      cache.load(index).then(
        (frame) => current && setPlanes((before) => new Map(before).set(index, frame)),
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [cache, wanted]);
  return planes;
}

function save(kind: "csv" | "json", text: string): void {
  saveBlob(
    new Blob([text], { type: kind === "csv" ? "text/csv;charset=utf-8" : "application/json" }),
    `measurements.${kind}`,
  );
}
