/** Addresses of the PACS API that are asked for ahead of the application. */

const part = encodeURIComponent;

export const seriesAddress = (base: string, study: string) => `${base}/studies/${part(study)}/series?limit=1000`;

export const stackAddress = (base: string, study: string, series: string) =>
  `${base}/studies/${part(study)}/series/${part(series)}/stack`;

export const imageAddress = (base: string, study: string, series: string, image: string) =>
  `${base}/studies/${part(study)}/series/${part(series)}/images/${part(image)}`;

/** Frames count from 0 here and from 1 there. */
export const pixelsAddress = (base: string, study: string, series: string, image: string, frame: number) =>
  `${imageAddress(base, study, series, image)}/pixels?frame=${frame + 1}`;
