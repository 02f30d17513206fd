/** Measurements of a series in the browser's storage, by image and frame: files that are added move no measurement. */

import { useEffect, useState } from "react";
import type { Stack } from "../../imaging/frame";
import type { Measurement } from "../../imaging/space/measure";
import { readItem, writeItem } from "../../storage";
import type { Model } from "../state/model";

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Row = Omit<Measurement, "index"> & { image: string; frame: number };

const NAME = "imaging.measurements.";

/** The measurements of a stack that are kept, each at the place that its image has now. */
export function readMeasurements(storage: Kept, stack: Stack): Measurement[] {
  const rows = read(storage, stack);
  const places = new Map(Array.from({ length: stack.count }, (_, index) => [nameOf(stack.place(index)), index]));
  return rows.flatMap(({ image, frame, ...rest }) => {
    const index = places.get(nameOf({ image, frame }));
    return index === undefined ? [] : [{ ...rest, index }];
  });
}

/** Writes the measurements of a stack, beside those of images that it does not hold now; false if there is no room. */
export function writeMeasurements(storage: Kept, stack: Stack, measurements: readonly Measurement[]): boolean {
  const places = new Set(Array.from({ length: stack.count }, (_, index) => nameOf(stack.place(index))));
  const others = read(storage, stack).filter((row) => !places.has(nameOf(row)));
  const rows: Row[] = measurements.map(({ index, ...rest }) => ({ ...rest, ...stack.place(index) }));
  const all = [...others, ...rows];
  return writeItem(storage, nameOfSeries(stack), all.length ? all : null);
}

/** Keeps a viewer's measurements through reloads; returns whether they are kept. */
export function useKeptMeasurements(stack: Stack, model: Model): boolean {
  const [kept, setKept] = useState(true);
  useEffect(() => {
    let last: readonly Measurement[] = [];
    let fits = true;
    const adopt = () => {
      const found = readMeasurements(localStorage, stack);
      // What found no room is in this tab alone.
      last = fits ? found : [...found, ...last.filter((mine) => !found.some((one) => one.id === mine.id))];
      model.set({ measurements: last });
    };
    adopt();
    const stop = model.subscribe(() => {
      const { measurements } = model.get();
      if (measurements === last) return;
      last = measurements;
      fits = writeMeasurements(localStorage, stack, measurements);
      setKept(fits);
    });
    // Another tab that shows the series has written.
    const written = ({ key }: StorageEvent) => (key === null || key === nameOfSeries(stack)) && adopt();
    window.addEventListener("storage", written);
    return () => {
      stop();
      window.removeEventListener("storage", written);
    };
  }, [stack, model]);
  return kept;
}

/** One for the series: a volume of it has some of the same images. */
const nameOfSeries = ({ study, series }: Stack) => `${NAME}${study}/${series}/`;

const nameOf = ({ image, frame }: { image: string; frame: number }) => `${frame} ${image}`;

function read(storage: Kept, stack: Stack): Row[] {
  const rows = readItem<Row[]>(storage, nameOfSeries(stack));
  return Array.isArray(rows) ? rows : [];
}
