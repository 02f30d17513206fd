/** The times of a job: one bar for each hop, on one scale. */

import { useLanguage } from "../../i18n/index";
import { clockTime, duration } from "../../ui/format";

const HOPS = ["accepted", "queued", "started", "fetched", "computed", "stored", "published", "delivered"] as const;

export function Timeline({ hops }: { hops: Record<string, number> }) {
  const { t, language } = useLanguage();
  const crossed = HOPS.filter((hop) => hops[hop] !== undefined).map((hop) => ({ hop, at: hops[hop] as number }));
  const [first, last] = [crossed[0], crossed.at(-1)];
  if (!first || !last) return null;
  const whole = Math.max(1, last.at - first.at);
  return (
    <>
      <table className="timeline" data-testid="timeline">
        <thead>
          <tr className="quiet">
            <th scope="col">{t("hop.hop")}</th>
            <td />
            <th scope="col">{t("hop.at")}</th>
            <th scope="col">{t("hop.took")}</th>
          </tr>
        </thead>
        <tbody>
          {crossed.map(({ hop, at }, i) => {
            const before = crossed[i - 1]?.at ?? at;
            return (
              <tr key={hop} title={clockTime(at, language)}>
                <th scope="row">{t(`hop.${hop}`)}</th>
                <td style={{ width: "100%" }} aria-hidden="true">
                  <div className="track">
                    <div
                      className="span"
                      style={{
                        left: `${((before - first.at) / whole) * 99}%`,
                        width: `${(Math.max(0, at - before) / whole) * 100}%`,
                      }}
                    />
                  </div>
                </td>
                <td>{i === 0 ? clockTime(at, language) : `+${duration(t, at - first.at)}`}</td>
                <td>{i === 0 ? "" : duration(t, at - before)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="quiet" style={{ margin: "6px 4px 0", textAlign: "right" }}>
        {t("hop.total", { time: duration(t, last.at - first.at) })}
      </p>
    </>
  );
}
