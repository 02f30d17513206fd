/** A DICOM person's name (PN, PS3.5 6.2.1.2) as people read it: "ROSSI^ANNA^MARIA" as "ROSSI, ANNA MARIA". */
export function personName(value: string | null | undefined): string {
  // The groups are the same name in other characters.
  const group = (value ?? "").split("=").find((one) => one.trim()) ?? "";
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^").map((one) => one.trim());
  const rest = [prefix, given, middle, suffix].filter(Boolean).join(" ");
  return [family, rest].filter(Boolean).join(", ");
}
