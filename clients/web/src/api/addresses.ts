/** Addresses of the PACS API that are requested before the application is loaded. */

const part = encodeURIComponent;

export const seriesAddress = (base: string, study: string) => `${base}/studies/${part(study)}/series?limit=1000`;

export const stackAddress = (base: string, study: string, series: string) =>
  `${base}/studies/${part(study)}/series/${part(series)}/stack`;

export const imageAddress = (base: string, study: string, series: string, image: string) =>
  `${base}/studies/${part(study)}/series/${part(series)}/images/${part(image)}`;

/** Frames are numbered from 0 in the page and from 1 in the API. */
export const pixelsAddress = (base: string, study: string, series: string, image: string, frame: number) =>
  `${imageAddress(base, study, series, image)}/pixels?frame=${frame + 1}`;
