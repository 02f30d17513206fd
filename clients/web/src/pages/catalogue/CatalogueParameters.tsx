/** The parameters of an algorithm as a table. */

import type { Field } from "../../forms/fieldTypes";
import { useT } from "../../i18n/index";

export function CatalogueParameters({ all }: { all: readonly Field[] }) {
  const t = useT();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t("catalogue.name")}</th>
          <th scope="col">{t("catalogue.values")}</th>
          <th scope="col">{t("catalogue.default")}</th>
          <th scope="col">{t("catalogue.meaning")}</th>
        </tr>
      </thead>
      <tbody>
        {all.map((field) => (
          <tr key={field.name}>
            <td>
              <code>{field.name}</code>
            </td>
            <td>{range(field)}</td>
            <td>{field.initial === null || field.initial === undefined ? "—" : String(field.initial)}</td>
            <td>{field.description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function range(field: Field): string {
  const unit = field.unit ? ` ${field.unit}` : "";
  // Values are written as the API takes them, with what they are called.
  const choice = (value: string) => (field.said?.[value] ? `${value} (${field.said[value]})` : value);
  if (field.kind === "choice") return field.choices.map(String).map(choice).join(", ");
  if (field.kind === "switch") return "true, false";
  if (field.kind === "number") return `${field.min ?? "…"} – ${field.max ?? "…"}${unit}`;
  return unit.trim() || "…";
}
