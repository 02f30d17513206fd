/** Which modalities the search offers. */

const USUAL = ["CR", "CT", "DX", "MG", "MR", "NM", "OT", "PT", "RF", "US", "XA"];

/** Those that were seen and the chosen one; as long as others may be in the archive, the usual ones after them. */
export function modalitiesOf(seen: Iterable<string>, chosen: string, whole: boolean): string[] {
  const known = [...new Set([...seen, ...(chosen ? [chosen] : [])])].sort();
  return whole ? known : [...new Set([...known, ...USUAL])];
}
