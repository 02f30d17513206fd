/** Search over the archive's studies: virtualised and paged. */

import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { type ApiError, isRefused } from "../api/http";
import { useLanguage } from "../i18n";
import { useStudies } from "../queries/useArchive";
import { imagePath } from "../route";
import { Link } from "../router";
import { useServices } from "../services";
import { ApiTrouble } from "../ui/ApiTrouble";
import { dicomDate } from "../ui/format";
import { Skeletons, State } from "../ui/State";
import { DirectEntry } from "./DirectEntry";

const MODALITIES = ["CR", "CT", "DX", "MG", "MR", "NM", "OT", "PT", "RF", "US", "XA"];

export function StudyList() {
  const { t, language } = useLanguage();
  const { config } = useServices();
  const [search, setSearch] = useState("");
  const [modality, setModality] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [settled] = useDebouncedValue(search, 250);
  const asked = { search: settled, modality, from, to };
  const filtered = Boolean(settled || modality || from || to);
  const query = useStudies(asked);
  const studies = query.data?.pages.flatMap((page) => page.items) ?? [];
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: studies.length,
    getScrollElement: () => box.current,
    estimateSize: () => 62,
    overscan: 8,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // A page of a search may be empty and not the last.
  const wanted = hasNextPage && !isFetchingNextPage && last >= studies.length - 10;
  useEffect(() => {
    if (wanted) void fetchNextPage();
  }, [wanted, fetchNextPage]);

  return (
    <>
      <search className="pad" style={{ paddingBottom: 6 }}>
        <TextInput
          size="sm"
          label={t("browse.search")}
          placeholder={t("browse.searchHint")}
          value={search}
          onChange={(e) => setSearch(e.currentTarget.value)}
          type="search"
        />
        <Select
          size="xs"
          mt={8}
          label={t("browse.modality")}
          placeholder={t("browse.anyModality")}
          data={MODALITIES}
          value={modality || null}
          onChange={(value) => setModality(value ?? "")}
          clearable
          clearButtonProps={{ "aria-label": t("browse.anyModality") }}
        />
        <div className="dates">
          <TextInput
            size="xs"
            type="date"
            label={t("browse.from")}
            value={from}
            onChange={(e) => setFrom(e.currentTarget.value)}
          />
          <TextInput
            size="xs"
            type="date"
            label={t("browse.to")}
            value={to}
            onChange={(e) => setTo(e.currentTarget.value)}
          />
        </div>
        <DirectEntry />
      </search>
      <div ref={box} className="list" data-testid="studies">
        {query.isPending && <Skeletons count={6} height={54} />}
        {query.isError && isRefused(query.error) && (
          <ApiTrouble error={query.error as ApiError} retry={query.refetch} images />
        )}
        {query.isError && !isRefused(query.error) && (
          <State
            title={t((query.error as ApiError).unreachable ? "trouble.pacs" : "browse.listFailed")}
            alert
            action={{ label: t("common.retry"), onClick: () => void query.refetch() }}
          >
            {(query.error as ApiError).unreachable
              ? t("trouble.pacsHint", { address: config.pacs })
              : query.error.message}
          </State>
        )}
        {query.isSuccess && studies.length === 0 && !hasNextPage && (
          <State title={filtered ? t("browse.nothing") : t("browse.empty")}>
            {filtered ? t("browse.nothingHint") : t("browse.emptyHint")}
          </State>
        )}
        <ul
          aria-label={t("browse.studies")}
          style={{ height: rows.getTotalSize(), position: "relative", margin: 0, padding: 0, listStyle: "none" }}
        >
          {rows.getVirtualItems().map((row) => {
            const study = studies[row.index];
            if (!study) return null;
            return (
              <li
                key={study.study_id}
                style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${row.start}px)` }}
              >
                <Link className="item" href={imagePath(study.study_id)}>
                  <span className="itemText">
                    <span>{study.study_description ?? t("browse.noDescription")}</span>
                    <small>
                      {[study.modalities.join(" "), dicomDate(study.study_date, language)].filter(Boolean).join(" · ")}
                    </small>
                    <small title={study.study_id}>{study.study_id}</small>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
