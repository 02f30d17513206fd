/** What can be given for a further input of an algorithm: series, outputs of earlier jobs, what was measured. */

import type { Series, SeriesStack } from "../../api/pacs";
import type { components } from "../../api/processing-schema";
import type { Vec3 } from "../../imaging/space/geometry";
import type { Job } from "../../model";

type Schemas = components["schemas"];
export type InputPort = Schemas["CatalogueInput"] & { label?: string };
export type InputValue =
  | { study_id: string; series_id?: string; image_id?: string; scope?: "image" | "series" | "study"; volume?: string }
  | { job_id: string; output: string }
  | { points: readonly { position: Vec3 }[] }
  | { boxes: readonly { corners: readonly [Vec3, Vec3] }[] };

/** Places that were measured in the open series, in mm. */
export interface Measured {
  points: readonly Vec3[];
  boxes: readonly (readonly [Vec3, Vec3])[];
}

export interface Surroundings {
  study: string | undefined;
  /** The open series and image. */
  series: string | undefined;
  image: string | undefined;
  /** The volumes of the open series. */
  volumes?: SeriesStack["volumes"] | undefined;
  all: readonly Series[];
  jobs: readonly Job[];
  /** The page's client: only outputs of its own jobs can be given. */
  client: string | undefined;
  measured: Measured;
}

export type OfferGroup = "measured" | "series" | "jobs";
export interface Offer {
  group: OfferGroup;
  value: InputValue;
}

const MOST_PLACES = 200;

/** The offers for an input, what fits best first: other series of the open one's modality, newer jobs on its study. */
export function offersFor(port: InputPort, around: Surroundings): Offer[] {
  const found: Offer[] = [];
  const { points, boxes } = around.measured;
  if (port.type === "points" && points.length)
    found.push({
      group: "measured",
      value: { points: points.slice(0, MOST_PLACES).map((position) => ({ position })) },
    });
  if (port.type === "boxes" && boxes.length)
    found.push({ group: "measured", value: { boxes: boxes.slice(0, MOST_PLACES).map((corners) => ({ corners })) } });
  if (port.type === "image")
    found.push(...seriesFor(port, around).map((value) => ({ group: "series" as const, value })));
  found.push(...outputsFor(port, around).map((value) => ({ group: "jobs" as const, value })));
  return found;
}

function seriesFor({ scopes }: InputPort, { study, series, image, all, volumes = [] }: Surroundings): InputValue[] {
  if (!study) return [];
  const modality = all.find((one) => one.series_id === series)?.modality;
  const rank = (one: Series) => (one.series_id === series ? 2 : one.modality === modality ? 0 : 1);
  const ordered = [...all].sort((a, b) => rank(a) - rank(b));
  return [
    ...(scopes.includes("series") || scopes.length === 0
      ? ordered.flatMap(({ series_id }): InputValue[] => {
          const whole = { study_id: study, series_id, scope: "series" } as const;
          // A series of several volumes is none itself.
          return series_id === series && volumes.length > 1
            ? volumes.map(({ id }) => ({ ...whole, volume: id }))
            : [whole];
        })
      : []),
    ...(scopes.includes("image")
      ? ordered.map(({ series_id, middle_image_id }): InputValue => {
          const image_id = series_id === series && image ? image : middle_image_id;
          return { study_id: study, series_id, image_id, scope: "image" };
        })
      : []),
    ...(scopes.includes("study") ? [{ study_id: study, scope: "study" as const }] : []),
  ];
}

function outputsFor({ type }: InputPort, { study, jobs, client }: Surroundings): InputValue[] {
  const own = jobs.filter((job) => job.jobId && job.clientId === client && client !== undefined);
  const near = (job: Job) => Number(job.reference.study_id !== study);
  return [...own]
    .sort((a, b) => near(a) - near(b) || b.sentAt - a.sentAt)
    .flatMap((job) =>
      outputsOf(job)
        .filter((one) => one.type === type)
        .map(({ name }) => ({ job_id: job.jobId ?? "", output: name })),
    );
}

/** The outputs of a job that another can take; an algorithm that declares none may have an image. */
export function outputsOf({ result }: Job): { name: string; type: InputPort["type"] }[] {
  if (!result || (result.status !== "succeeded" && result.status !== "partial")) return [];
  const taken = ["image", "labels", "points", "boxes", "transform"];
  if (result.ports?.length)
    return result.ports.filter((port) => taken.includes(port.type)) as { name: string; type: InputPort["type"] }[];
  const image = result.outputs.some((one) => one.kind === "values");
  return image ? [{ name: "image", type: "image" }] : [];
}

/** What is chosen as `inputs` of a request, and which inputs still lack a value. */
export function inputsOf(
  ports: readonly InputPort[],
  chosen: Readonly<Record<string, readonly InputValue[]>>,
): { inputs: Record<string, InputValue | readonly InputValue[]>; missing: string[] } {
  const inputs: Record<string, InputValue | readonly InputValue[]> = {};
  for (const { name, many } of ports) {
    const values = chosen[name] ?? [];
    if (values[0]) inputs[name] = many ? values : values[0];
  }
  return { inputs, missing: ports.filter((port) => port.required && !(port.name in inputs)).map((port) => port.name) };
}

/** The inputs of a job that was sent as they are chosen: each a list. */
export function chosenOf(inputs: Readonly<Record<string, unknown>>): Record<string, readonly InputValue[]> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]) as InputValue[]]),
  );
}
