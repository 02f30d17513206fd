import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readMetaImage } from "../files/metaimage";
import { isMask, planeOf } from "../files/metaPlane";
import { asValues, valueAt } from "../frame";
import { frameOf as frame } from "../frame.fixture";
import { cssColour, labelColour, labelsIn, looksLikeMask, shownColour, signedColour } from "./colour";
import { difference, differenceRange } from "./difference";
import { histogram } from "./histogram";
import { paint, paintDifference, paintMask } from "./paint";
import { grey } from "./window";

const mha = (header: string, body: Uint8Array) => {
  const head = new TextEncoder().encode(`${header}\nElementDataFile = LOCAL\n`);
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return all.buffer;
};

const HEADER = "ObjectType = Image\nNDims = 3\nDimSize = 4 3 2\nElementSpacing = 0.5 0.75 3\nElementType = MET_SHORT";

describe("MetaImage", () => {
  const values = Int16Array.from({ length: 24 }, (_, i) => i - 12);
  const header = HEADER;

  it("is read plain", async () => {
    const image = await readMetaImage(mha(header, new Uint8Array(values.buffer)));
    expect([image.planes, image.rows, image.columns]).toEqual([2, 3, 4]);
    expect(image.spacing).toEqual([3, 0.75, 0.5]);
    expect(Array.from(planeOf(image, 1, null).values)).toEqual(Array.from(values.slice(12)));
  });

  it("is read compressed", async () => {
    const packed = deflateSync(new Uint8Array(values.buffer));
    const image = await readMetaImage(mha(`${header}\nCompressedData = True`, packed));
    expect(Array.from(image.values)).toEqual(Array.from(values));
  });

  it("says how its values are shown", async () => {
    const said = (more: string) => readMetaImage(mha(`${header}\n${more}`, new Uint8Array(values.buffer)));
    const like = frame(values.slice(12), 3, 4, { windows: [{ center: 40, width: 400 }], invert: true, unit: "HU" });
    const own = await said("Scale = own\nUnit = 1/mm²\nWindowCenter = 1\nWindowWidth = 2\nInverted = False");
    expect(planeOf(own, 0, like, like.windows)).toMatchObject({
      windows: [{ center: 1, width: 2 }],
      invert: false,
      unit: "1/mm²",
    });
    const mask = await said("Scale = mask\nInverted = False");
    expect(planeOf(mask, 0, like, like.windows)).toMatchObject({ mask: true, invert: false, unit: "" });
    const same = await said("Scale = source\nUnit = HU\nWindowCenter = 9\nWindowWidth = 9\nInverted = True");
    expect(planeOf(same, 0, like, like.windows)).toMatchObject({ windows: like.windows, invert: true, unit: "HU" });
    expect(planeOf(same, 0, null).windows).toEqual([{ center: 9, width: 9 }]);
  });

  it("is refused where it is cut short or something else", async () => {
    await expect(readMetaImage(mha(header, new Uint8Array(10)))).rejects.toThrow();
    await expect(readMetaImage(new TextEncoder().encode("<html>").buffer)).rejects.toThrow("not a MetaImage");
  });
});

it("stored bytes become values of their type, and a type that cannot be shown is an error", () => {
  expect(Array.from(asValues("int16", new Uint8Array([0xff, 0xff, 1, 0]).buffer))).toEqual([-1, 1]);
  expect(() => asValues("complex64", new ArrayBuffer(8))).toThrow("complex64");
});

it("the value under the pointer is in the modality's unit, and nothing outside", () => {
  const ct = frame(Int16Array.of(0, 1000, 1064, 5), 2, 2, { rescale: { slope: 1, intercept: -1024 } });
  expect(valueAt(ct, 0, 1)).toBe(40);
  expect(valueAt(ct, 2, 0)).toBeNull();
  expect(valueAt(ct, -0.6, 0)).toBeNull();
});

it("painting grey values fills every pixel through the window", () => {
  const out = new Uint32Array(4);
  const shade = { window: { center: 0.5, width: 256 }, fn: "LINEAR" as const, invert: false };
  paint(frame(Int16Array.of(-128, 0, 127, 5000), 2, 2), shade, out);
  expect(Array.from(out, (p) => p & 0xff)).toEqual([0, 128, 255, 255]);
  expect(out.every((p) => p >>> 24 === 255)).toBe(true);
});

it("numbers beyond 16 bits have the grey of the same value, and not-a-number the lowest", () => {
  const values = Float32Array.of(Number.NaN, -200.25, -3.5, 0, 39.6, 40, 239.4, 4000);
  for (const [center, width, invert] of [
    [40, 400, false],
    [0, 7.5, true],
    [40, 1, false],
  ] as const) {
    const shade = { window: { center, width }, fn: "LINEAR" as const, invert };
    const out = new Uint32Array(values.length);
    const rescale = { slope: 0.5, intercept: 3 };
    paint(frame(new Int16Array(), 1, values.length, { values, rescale }), shade, out);
    const wanted = [...values].map((value) => grey(value * 0.5 + 3, shade.window, "LINEAR", invert));
    expect(
      Array.from(out, (pixel) => pixel & 255),
      `${center} ${width}`,
    ).toEqual(wanted);
  }
});

it("labels have the names and colours that their algorithm declares", () => {
  const looks = new Map([[2, { name: "grey matter", colour: "#c81e0a" }]]);
  const out = new Uint32Array(3);
  const mask = frame(Int16Array.of(0, 1, 2), 1, 3, { mask: true, labels: looks });
  paintMask(mask, 1, out);
  expect([...out]).toEqual([0, labelColour(1, 1), 0xff0a1ec8]);
  expect(cssColour(shownColour(2, 1, looks))).toBe("rgb(200 30 10)");
});

it("a difference is blue below, red above and dark at zero", () => {
  const out = new Uint32Array(3);
  const [a, b] = [frame(Int16Array.of(10, 10, 10), 1, 3), frame(Int16Array.of(0, 10, 20), 1, 3)];
  const shown = difference(a, b);
  expect([...shown.values]).toEqual([-10, 0, 10]);
  expect(differenceRange(shown)).toBe(10);
  paintDifference(shown, 10, out);
  const rgb = Array.from(out, (p) => [p & 0xff, (p >> 8) & 0xff, (p >> 16) & 0xff]);
  expect(rgb[0]).toEqual([0, 170, 255]);
  expect(rgb[1]).toEqual([24, 24, 24]);
  expect(rgb[2]).toEqual([255, 170, 0]);
  expect(signedColour(Number.NaN)).toBe(signedColour(0));
  expect(cssColour(signedColour(1))).toBe("rgb(255 170 0)");
});

it("a difference is of values after each one's own rescale, and has a unit only if both have the same", () => {
  const source = frame(Int16Array.of(1024, 1064), 1, 2, { rescale: { slope: 1, intercept: -1024 }, unit: "HU" });
  const result = frame(Int16Array.of(5, 30), 1, 2, { unit: "HU" });
  expect(difference(source, result)).toMatchObject({ values: Float32Array.of(5, -10), unit: "HU" });
  expect(difference(source, frame(Int16Array.of(5, 30), 1, 2)).unit).toBe("");
});

it("the labels of a result are listed, and values on the source's scale are never taken for labels", async () => {
  expect(labelsIn([0, 3, 1, 3])).toEqual([1, 3]);
  expect(labelsIn([0, 0])).toEqual([]);
  expect(labelsIn([1, 2])).toBeNull();
  const body = new Uint8Array(Int16Array.of(0, 1, 2, 2).buffer);
  const file = (scale: string) => readMetaImage(mha(`DimSize = 2 2 1\nElementType = MET_SHORT${scale}`, body));
  expect(isMask(await file(""))).toBe(true);
  expect(isMask(await file("\nScale = own"))).toBe(true);
  expect(isMask(await file("\nScale = source"))).toBe(false);
});

it("a result has its source's place only if it has its pixels, and mm only from there", async () => {
  const geometry = { spacing: [0.75, 0.5], position: [1, 2, 3], orientation: null } as const;
  const image = await readMetaImage(mha(HEADER, new Uint8Array(48)));
  const like = (rows: number, columns: number) => frame(new Int16Array(rows * columns), rows, columns, { geometry });
  expect(planeOf(image, 0, like(3, 4)).geometry).toEqual(geometry);
  const shape = { spacing: null, aspect: 1.5, position: null, orientation: null };
  expect(planeOf(image, 0, like(6, 8)).geometry).toEqual(shape);
  expect(planeOf(image, 0, null).geometry).toEqual(shape);
});

it("a mask is told from an image, and its background is transparent", () => {
  expect(looksLikeMask([0, 1, 1, 2])).toBe(true);
  expect(looksLikeMask([0, 0.5])).toBe(false);
  expect(looksLikeMask(Array.from({ length: 100 }, (_, i) => i))).toBe(false);
  expect(labelColour(0, 1)).toBe(0);
  expect(labelColour(1, 0.5) >>> 24).toBe(128);
});

it("a histogram counts every value but padding once, after the rescale", () => {
  const of = (slope: number, intercept: number, padding: [number, number] | null = null) =>
    histogram({ values: Int16Array.of(0, 0, 5, 10), rescale: { slope, intercept }, padding }, 10);
  const found = of(2, -1);
  expect([found.low, found.high]).toEqual([-1, 19]);
  expect(found.counts.reduce((a, b) => a + b)).toBe(4);
  expect(found.counts[0]).toBe(2);
  expect(of(1, 0, [-3, 0])).toMatchObject({ low: 5, high: 10, counts: [1, 0, 0, 0, 0, 0, 0, 0, 0, 1] });
  const turned = of(-1, 0);
  expect([turned.low, turned.high, turned.counts[9]]).toEqual([-10, 0, 2]);
});
