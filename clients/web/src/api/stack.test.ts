import { afterEach, expect, it, vi } from "vitest";
import { distance } from "../imaging/space/geometry";
import { referenceOf } from "../model";
import { type Description, toFrame } from "./frame";
import { createPacs, type Pacs, type SeriesStack } from "./pacs";
import { toStack } from "./stack";

afterEach(() => vi.unstubAllGlobals());

/** An ultrasound clip of three frames, with one area in mm, as the PACS API tells of it. */
const found = (more: object) =>
  ({
    modality: "US",
    order: [0, 1, 2].map((frame) => [0, frame]),
    images: [
      {
        image_id: "clip",
        rows: 240,
        columns: 320,
        type: "rgb8",
        frame_times: [40],
        regions: [{ left: 0, top: 0, right: 99, bottom: 99, spacing: [0.5, 0.5] }],
        planes: Array.from({ length: 3 }, () => ({
          pixel_spacing: [1, 1],
          spacing_known: true,
          spacing_meaning: "calibrated",
          position: null,
          orientation: null,
        })),
        ...more,
      },
    ],
  }) as unknown as SeriesStack;
const stack = (more = {}) => toStack({} as Pacs, "s", found(more), "t");
const length = (more = {}) => {
  const geometry = stack(more).outline?.(0)?.geometry;
  return geometry && [distance(geometry, { column: 0, row: 0 }, { column: 30, row: 40 }), geometry.meaning];
};

it("a stack has the areas of its images, and otherwise the spacing with what it means", () => {
  expect(length()).toEqual([{ length: 25, unit: "mm" }, "calibrated"]);
  expect(length({ regions: [] })).toEqual([{ length: 50, unit: "mm" }, "calibrated"]);
});

it("an answer that is no JSON is one that cannot be read", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>a proxy</html>"));
  const pacs = createPacs("http://pacs", async () => null);
  await expect(pacs.stack("s", "t")).rejects.toMatchObject({ code: "unreadable", status: 502 });
});

/** An image of one pixel as the PACS API tells of it. */
function described(image: object, plane: object) {
  const values = { slope: 1, intercept: 0, windows: [], function: "LINEAR", real_world_values: [] };
  const planes = [{ pixel_spacing: [1, 1], ...values, ...plane }];
  const own = { rows: 1, columns: 1, type: "uint8", padding: null, regions: [], not_applied: [], colour_profile: null };
  return { ...own, planes, ...image } as unknown as Description;
}

it("a plane has what its file says and is not applied, if there is anything", () => {
  const told = (image: object, plane = {}) => toFrame(described(image, plane), 0, new ArrayBuffer(1)).told;
  expect(told({})).toBeUndefined();
  expect(told({ not_applied: ["ShutterShape"] })?.notApplied).toEqual(["ShutterShape"]);
  expect(told({ colour_profile: "Adobe RGB" })?.colourProfile).toBe("Adobe RGB");
  expect(told({}, { real_world_values: [{ label: "SUV" }] })?.realWorld).toEqual([{ label: "SUV" }]);
});

it("a plane says that the function of its windows is not known", async () => {
  const frame = (more: object) => toFrame(described({}, more), 0, new ArrayBuffer(1));
  expect(frame({ unknown_function: "LOG" }).unknownFunction).toBe("LOG");
  expect(frame({ unknown_function: null })).not.toHaveProperty("unknownFunction");
});

it("a stack says how long each plane is shown: all alike, each by itself, or nothing", () => {
  const times = (frame_times: number[] | null) => [0, 1, 2].map((at) => stack({ frame_times }).pace?.(at));
  expect(times([40])).toEqual([40, 40, 40]);
  expect(times([10, 20, 30])).toEqual([10, 20, 30]);
  expect(times(null)).toEqual([null, null, null]);
});

it("a volume of a series is a stack of its own planes, and the input of a job on the series", () => {
  const volumes = [{ id: "0123456789abcdef", distinction: { EchoTime: "30" }, order: [[0, 2]], spacing: 4 }];
  const series = {
    ...found({}),
    volumes,
    not_a_volume: "three planes at one place",
    not_a_volume_code: "same_place",
  } as unknown as SeriesStack;
  const part = toStack({} as Pacs, "s", series, "t", undefined, "0123456789abcdef");
  expect([part.count, part.place(0), part.irregular]).toEqual([1, { image: "clip", frame: 2 }, null]);
  expect(part.label(0)).toContainEqual(["spacing", "Δ 4.00 mm"]);
  expect(toStack({} as Pacs, "s", series, "t").irregular).toEqual({
    code: "same_place",
    sentence: "three planes at one place",
  });
  expect(referenceOf("series", "s", "t", "clip", "0123456789abcdef")?.volume).toBe("0123456789abcdef");
  expect(referenceOf("image", "s", "t", "clip", "0123456789abcdef")).not.toHaveProperty("volume");
});
