import { IconTerminal2 } from "@tabler/icons-react";
import { type Point, queryInstant, queryInstantCurl, type Result } from "../../api/prometheus";
import { notesOf } from "../../api/useRange";
import { useTimed } from "../../api/useTimed";
import { seriesName } from "../../format/colour";
import { formatFullTime } from "../../time/format";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyState } from "../../ui/EmptyState";
import { Notes } from "../../ui/Notes";
import { Skeleton } from "../../ui/Skeleton";
import table from "../../ui/Table.module.css";
import { Waiting } from "../../ui/Waiting";
import { QueryFailure } from "./QueryFailure";
import styles from "./QueryPanel.module.css";

const MOST_ROWS = 1_000;

/** What a query yields at the end of the page's time: every value in full. */
export function TableResult({ expr }: { expr: string }) {
  const answer = useTimed(["table", expr], async ({ endMs }, signal) => {
    const reply = await queryInstant(expr, endMs, signal);
    return { rows: rowsOf(reply.data), type: reply.data.resultType, notes: notesOf([reply]), endMs };
  });
  const { data, error, fetching, retry } = answer;
  return (
    <div className={styles["result"]} data-stale={error !== null}>
      {error && <QueryFailure expr={expr} error={error} onRetry={retry} />}
      <div className={styles["line"]} data-busy={fetching}>
        <Waiting answer={answer} />
        {data && (
          <>
            <span>{data.type}</span>
            <span>{data.rows.length === 1 ? "1 row" : `${data.rows.length} rows`}</span>
            <span>at {formatFullTime(data.endMs)}</span>
            <span className={styles["tools"]}>
              <CopyButton
                name="Copy as curl"
                icon={<IconTerminal2 size={15} stroke={1.75} />}
                text={queryInstantCurl(expr, data.endMs)}
              />
            </span>
          </>
        )}
      </div>
      {!data && !error && <Skeleton shape="rows" />}
      <Notes notes={data?.notes ?? []} />
      {data?.rows.length === 0 && !error && (
        <EmptyState title="Nothing at this moment.">The query is answered at the end of the time range.</EmptyState>
      )}
      {data && data.rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard.
        <section className={styles["scroll"]} aria-label="Result" tabIndex={0}>
          <table className={table["table"]}>
            <thead>
              <tr>
                <th scope="col">Series</th>
                <th scope="col" data-number>
                  Value
                </th>
              </tr>
            </thead>
            <tbody>
              {data.rows.slice(0, MOST_ROWS).map(({ name, value }) => (
                <tr key={name}>
                  <td className={`mono ${styles["series"]}`}>{name}</td>
                  <td data-number className="mono">
                    {value}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.rows.length > MOST_ROWS && (
            <p className="muted">
              {MOST_ROWS} of {data.rows.length} rows
            </p>
          )}
        </section>
      )}
    </div>
  );
}

interface Row {
  readonly name: string;
  readonly value: string;
}

/** Rows of any kind of result; a matrix shows its samples with their times. */
export function rowsOf(result: Result): readonly Row[] {
  switch (result.resultType) {
    case "vector":
      return result.result.map(({ metric, value }) => ({ name: seriesName(metric), value: value?.[1] ?? "histogram" }));
    case "matrix":
      return result.result.map(({ metric, values = [] }) => ({ name: seriesName(metric), value: samples(values) }));
    case "scalar":
    case "string":
      return [{ name: result.resultType, value: result.result[1] }];
  }
}

function samples(values: readonly Point[]): string {
  return values.map(([timeS, value]) => `${value} @${timeS}`).join("\n");
}
