import { expect, it } from "vitest";
import type { Frame } from "../frame";
import { signedColour } from "./colour";
import { colourTable } from "./colourMaps";
import { paint } from "./paint";

const rgb = (pixel = 0) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

it("hot runs from black over red and yellow to white, viridis as matplotlib has it", () => {
  const hot = colourTable("hot");
  expect([0, 93, 190, 255].map((level) => rgb(hot?.[level]))).toEqual([
    [0, 0, 0],
    [255, 0, 0],
    [255, 254, 0],
    [255, 255, 255],
  ]);
  // matplotlib: [round(255 * c) for c in matplotlib.colormaps["viridis"](level)[:3]]; between its colours, to 3.
  const viridis = colourTable("viridis");
  expect(rgb(viridis?.[0])).toEqual([68, 1, 84]);
  expect(rgb(viridis?.[255])).toEqual([253, 231, 37]);
  for (const [n, part] of [33, 145, 140].entries())
    expect(Math.abs((rgb(viridis?.[128])[n] ?? 0) - part)).toBeLessThan(4);
  expect(colourTable("signed")?.[0]).toBe(signedColour(-1));
  expect(colourTable("grey")).toBeNull();
});

it.each([Int16Array, Float32Array])("values of every type go through the window, then the map", (Type) => {
  const frame = { rows: 1, columns: 3, samples: 1, values: Type.of(-500, 0, 500), rescale: { slope: 1, intercept: 0 } };
  const shade = {
    window: { center: 0.5, width: 201 },
    fn: "LINEAR",
    invert: false,
    colours: colourTable("hot"),
  } as const;
  const out = new Uint32Array(3);
  paint(frame as unknown as Frame, shade, out);
  expect(rgb(out[0])).toEqual([0, 0, 0]);
  expect(rgb(out[2])).toEqual([255, 255, 255]);
  expect(rgb(out[1])[0]).toBe(255);
  paint(frame as unknown as Frame, { ...shade, colours: null }, out);
  expect(new Set(rgb(out[1])).size).toBe(1);
});
