/** An algorithm's parameters by their names, with what its author calls them in the page's language, and their units. */

import { useMemo } from "react";
import type { Field, JsonSchema } from "../forms/fieldTypes";
import { fields } from "../forms/schema";
import { useCatalogue } from "./useCatalogue";

/** Without any as long as the catalogue is not here, and of an algorithm that is no longer installed. */
export function useParameters(algorithm: string): ReadonlyMap<string, Field> {
  const { data } = useCatalogue();
  const schema = data?.find((one) => one.name === algorithm)?.parameters;
  return useMemo(() => new Map(fields((schema ?? {}) as JsonSchema).map((field) => [field.name, field])), [schema]);
}
