/** A sentence with its holes filled in; `{name}` without a value stands as it is. */
export function fillIn(text: string, fill: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}
