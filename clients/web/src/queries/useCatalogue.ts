/** The query for the installed algorithms, through the query cache; their texts in the page's language. */

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { CatalogueEntry } from "../api/processing";
import { useLanguage } from "../i18n";
import { useServices } from "../services";
import { spokenEntry } from "./spoken";

const FRESH_MS = 300_000;

export function useCatalogue() {
  const { processing } = useServices();
  const { language } = useLanguage();
  const select = useCallback(
    (entries: readonly CatalogueEntry[]) => entries.map((each) => spokenEntry(each, language)),
    [language],
  );
  return useQuery({ queryKey: ["algorithms"], queryFn: () => processing.catalogue(), staleTime: FRESH_MS, select });
}
