/** The query for the installed algorithms, through the query cache. */

import { useQuery } from "@tanstack/react-query";
import { useServices } from "../services";

const FRESH_MS = 300_000;

export function useCatalogue() {
  const { processing } = useServices();
  return useQuery({ queryKey: ["algorithms"], queryFn: () => processing.catalogue(), staleTime: FRESH_MS });
}
