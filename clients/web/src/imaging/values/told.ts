/** What a file says of its values and colours that the page tells and does not apply. */

/** One mapping: value in `unit` = stored * slope + intercept, for stored values from `first` to `last`. */
export interface RealWorldValues {
  label: string;
  unit: string;
  first: number | null;
  last: number | null;
  /** null if a table maps the values. */
  slope: number | null;
  intercept: number | null;
}

export interface Told {
  realWorld: readonly RealWorldValues[];
  /** The name of the ICC profile of the colours, if that is another than sRGB. */
  colourProfile: string | null;
  /** Names of DICOM's attributes that ask for what is not done. */
  notApplied: readonly string[];
}
