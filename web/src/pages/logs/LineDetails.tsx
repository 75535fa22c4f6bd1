import { ActionIcon } from "@mantine/core";
import { IconBraces, IconFilterMinus, IconFilterPlus } from "@tabler/icons-react";
import type { LogLine } from "../../api/loki";
import { isoNanos, millisOf } from "../../time/nanos";
import { CopyButton } from "../../ui/CopyButton";
import { PageLink } from "../../ui/PageLink";
import { logsSearch } from "../../url/logs";
import { usePatchSearch } from "../../url/search";
import { lineAsJson } from "./download";
import { jsonFields, prettyJson } from "./json";
import { type LogQuery, readLogQuery, selectorOf, withCondition, withMatcher, writeLogQuery } from "./logql";
import styles from "./logs.module.css";
import { logsViewPatch } from "./logsView";

const AROUND_MS = 30_000;

/** Narrows the query down to lines with this value of a field, or to those with another. */
type Narrow = (parts: LogQuery, name: string, operator: "=" | "!=", value: string) => LogQuery;

interface Field {
  readonly name: string;
  readonly value: string;
  readonly fixed?: boolean;
}

/** Everything that is known about a line, and what can be asked from there. */
export function LineDetails({ line, query }: { line: LogLine; query: string }) {
  const { stream, metadata, ns } = line;
  const pretty = prettyJson(line.line);
  const fields = jsonFields(line.line).map(({ name, value, nested }) => ({ name, value, fixed: nested }));
  const model = stream["model"] ?? metadata["model"];
  const requestId = metadata["request_id"] ?? stream["request_id"];
  const ms = millisOf(ns);
  const selector = selectorOf(Object.entries(stream).map(([name, value]) => ({ name, operator: "=", value })));
  const around = logsSearch(selector, { startMs: ms - AROUND_MS, endMs: ms + AROUND_MS });
  return (
    <div className={styles["details"]}>
      <div className={styles["detailTools"]}>
        <span className="mono">{isoNanos(ns)}</span>
        <span className={styles["pair"]}>
          <CopyButton text={line.line} name="Copy the line" />
          <CopyButton text={lineAsJson(line)} name="Copy as JSON" icon={<IconBraces size={14} />} />
        </span>
        <PageLink to="/logs" search={around}>
          Lines around it
        </PageLink>
        {model && requestId && (
          <PageLink to="/models/$name" params={{ name: model }} search={{ prediction: requestId }}>
            Its prediction
          </PageLink>
        )}
      </div>
      <Fields title="Labels" fields={pairsOf(stream)} query={query} narrow={byLabel} />
      <Fields title="Of this line" fields={pairsOf(metadata)} query={query} narrow={byMetadata} />
      <Fields title="JSON" fields={fields} query={query} narrow={byJson} />
      {pretty && <pre className={styles["json"]}>{pretty}</pre>}
    </div>
  );
}

interface FieldsProps {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly query: string;
  readonly narrow: Narrow;
}

function Fields({ title, fields, query, narrow }: FieldsProps) {
  const patch = usePatchSearch();
  const parts = readLogQuery(query);
  if (fields.length === 0) return null;
  const apply = (name: string, operator: "=" | "!=", value: string) =>
    parts && patch(logsViewPatch({ query: writeLogQuery(narrow(parts, name, operator, value)) }));
  return (
    <>
      <p className={styles["group"]}>{title}</p>
      <table className={styles["fields"]}>
        <tbody>
          {fields.map(({ name, value, fixed }) => (
            <tr key={name}>
              <td>
                {parts && !fixed && (
                  <>
                    <FilterButton name={`Only lines with this ${name}`} onClick={() => apply(name, "=", value)}>
                      <IconFilterPlus size={14} />
                    </FilterButton>
                    <FilterButton name={`No lines with this ${name}`} onClick={() => apply(name, "!=", value)}>
                      <IconFilterMinus size={14} />
                    </FilterButton>
                  </>
                )}
              </td>
              <th scope="row" title={name}>
                {name}
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function FilterButton({ name, onClick, children }: { name: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={24} aria-label={name} title={name} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

function pairsOf(labels: Readonly<Record<string, string>>): readonly Field[] {
  return Object.entries(labels).map(([name, value]) => ({ name, value }));
}

const byLabel: Narrow = (parts, name, operator, value) => ({
  ...parts,
  matchers: withMatcher(parts.matchers, { name, operator, value }),
});

const byMetadata: Narrow = (parts, name, operator, value) => withCondition(parts, { name, operator, value });

/** The parser of queries gives fields names that can be written in a query. */
const byJson: Narrow = (parts, name, operator, value) =>
  withCondition(parts, { name: name.replaceAll(/\W/g, "_"), operator, value }, "json");
