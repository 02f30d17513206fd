/** A table of the page System: the first cell of a row names it. */

import type { ReactNode } from "react";

export function SystemTable({ title, head, rows }: { title: string; head: string[]; rows: ReactNode[][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section style={{ overflowX: "auto", marginTop: 18 }} aria-label={title} tabIndex={0}>
      <h2 style={{ fontSize: "1.0625rem" }}>{title}</h2>
      <table className="table" style={{ fontVariantNumeric: "tabular-nums" }}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={String(name)}>
              <th scope="row">{name}</th>
              {values.map((value, place) => (
                <td key={head[place + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
