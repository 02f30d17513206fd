/** A study's series, and the chosen series' images, with thumbnails; long lists are virtualised. */

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Series } from "../api/pacs";
import { useT } from "../i18n";
import { useThumbnail } from "../queries/useArchive";
import { imagePath } from "../route";
import { Link } from "../router";
import { Icon } from "../ui/icons";
import { Thumbnail } from "../ui/Thumbnail";

interface Props {
  study: string;
  series: readonly Series[];
  selected: string | undefined;
  /** The images of the chosen series in the stack's order. */
  images: readonly string[];
  image: string | undefined;
  /** Whether thumbnails may be requested: the opened image comes first. */
  pictures: boolean;
}

type Row = { kind: "series"; series: Series } | { kind: "image"; image: string; index: number };

export function StudyTree({ study, series, selected, images, image, pictures }: Props) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const unique = [...new Set(images)];
  const rows: Row[] = series.flatMap((one): Row[] => [
    { kind: "series", series: one },
    ...(one.series_id === selected && unique.length > 1
      ? unique.map((id, index): Row => ({ kind: "image", image: id, index }))
      : []),
  ]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => (rows[at]?.kind === "series" ? 70 : 52),
    getItemKey: (at) => {
      const row = rows[at];
      return row?.kind === "series" ? row.series.series_id : (row?.image ?? at);
    },
    overscan: 6,
  });
  const current = rows.findIndex((row) => row.kind === "image" && row.image === image);
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: "auto" });
  }, [current, virtual]);
  return (
    <>
      <div className="pad" style={{ paddingBottom: 2 }}>
        <Link href="/" className="quiet" style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
          <Icon name="back" size={14} /> {t("browse.allStudies")}
        </Link>
      </div>
      <div ref={box} className="list" data-testid="tree">
        <ul
          aria-label={t("browse.series")}
          style={{ height: virtual.getTotalSize(), position: "relative", margin: 0, padding: 0, listStyle: "none" }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${item.start}px)` }}
              >
                {row.kind === "series" ? (
                  <Link
                    className="item"
                    href={imagePath(study, row.series.series_id)}
                    aria-current={row.series.series_id === selected ? "true" : undefined}
                  >
                    <Picture
                      study={study}
                      series={row.series.series_id}
                      image={row.series.middle_image_id}
                      size={52}
                      wanted={pictures}
                    />
                    <span className="itemText">
                      <span>{row.series.series_description ?? t("browse.noDescription")}</span>
                      <small>
                        {[
                          row.series.modality,
                          row.series.images === 1 ? t("browse.countOne") : t("browse.count", { n: row.series.images }),
                        ]
                          .filter(Boolean)
                          .join(" · ")}
                      </small>
                      <small title={row.series.series_id}>{row.series.series_id}</small>
                    </span>
                  </Link>
                ) : (
                  <Link
                    className="item"
                    style={{ paddingLeft: 28 }}
                    href={imagePath(study, selected, row.image)}
                    aria-current={row.image === image ? "page" : undefined}
                  >
                    <Picture study={study} series={selected ?? ""} image={row.image} size={36} wanted={pictures} />
                    <span className="itemText">
                      <span>{row.index + 1}</span>
                      <small title={row.image}>{row.image}</small>
                    </span>
                  </Link>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

interface PictureProps {
  study: string;
  series: string;
  image: string;
  size: number;
  wanted: boolean;
}

/** Pixels of a thumbnail: twice its size on the page, for high-density displays. */
function Picture({ study, series, image, size, wanted }: PictureProps) {
  return <Thumbnail src={useThumbnail(study, series, image, 2 * size, wanted)} size={size} />;
}
