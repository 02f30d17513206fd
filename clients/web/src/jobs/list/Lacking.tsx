/** What a partial result lacks, as the algorithm says it; loaded with the first such result. */

import { useLanguage } from "../../i18n/index";
import { lacking } from "./lackingText";

export default function Lacking({ sentences }: { sentences: readonly string[] }) {
  const { t, language } = useLanguage();
  return (
    <div style={{ fontSize: "0.8125rem", margin: "4px 0" }}>
      <strong>{t("result.partial")}</strong>
      <ul style={{ margin: "2px 0", paddingLeft: 18 }}>
        {sentences.map((sentence) => (
          <li key={sentence}>{lacking(language, sentence)}</li>
        ))}
      </ul>
    </div>
  );
}
