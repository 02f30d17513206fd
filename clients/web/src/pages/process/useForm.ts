/** The fields of an algorithm's form, filled with what was entered before, as long as the page is open. */

import { useCallback, useMemo } from "react";
import type { ApiError } from "../../api/http";
import type { CatalogueEntry } from "../../api/processing";
import type { JsonSchema } from "../../forms/fieldTypes";
import { fields } from "../../forms/schema";
import { type FormValues, faultsByField, initialValues } from "../../forms/values";
import { useObservable } from "../../observable";
import { useServices } from "../../services";

/** All that it returns stays the same while another plane is looked at. */
export function useForm(chosen: CatalogueEntry | undefined, error: ApiError | null) {
  const { draft } = useServices();
  const { values } = useObservable(draft);
  const form = useMemo(() => fields((chosen?.parameters ?? {}) as JsonSchema), [chosen]);
  const name = chosen?.name ?? "";
  const own = values[name];
  const filled = useMemo<FormValues>(() => ({ ...initialValues(form), ...own }), [form, own]);
  const faults = useMemo(
    () =>
      faultsByField(
        error?.faults ?? [],
        form.map((field) => field.name),
      ),
    [error, form],
  );
  const change = useCallback(
    (field: string, value: unknown) => draft.set({ values: { ...values, [name]: { ...filled, [field]: value } } }),
    [draft, values, name, filled],
  );
  return { form, filled, faults, change };
}
