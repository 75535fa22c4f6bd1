import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { onCommand } from "../../app/useHotkeys";
import { PlainField } from "../../editors/QueryField";
import { usePageTime } from "../../time/TimeProvider";
import { usePatchSearch } from "../../url/search";
import { LabelPicker } from "./LabelPicker";
import { type LogQuery, lineFilterOf, readLogQuery, withLineFilter, withMatcher, writeLogQuery } from "./logql";
import styles from "./logs.module.css";
import { logsViewPatch } from "./logsView";

const TYPING_MS = 400;

interface AskPanelProps {
  readonly query: string;
  /** Names of labels that streams have. */
  readonly names: readonly string[];
  readonly failed: boolean;
}

/** The query as text, and its selector and line filter as things to click. Both say the same at any time. */
export function AskPanel({ query, names, failed }: AskPanelProps) {
  const { refreshNow } = usePageTime();
  const patch = usePatchSearch();
  const [draft, setDraft] = useState(query);
  useEffect(() => setDraft(query), [query]);
  const parts = readLogQuery(query);
  const ask = (next: string, options?: { replace?: boolean }) => {
    const trimmed = next.trim();
    if (trimmed === query) refreshNow();
    else patch(logsViewPatch({ query: trimmed || null }), options);
  };
  return (
    <section className={styles["ask"]} aria-label="Query">
      <div className={styles["head"]}>
        <div className={styles["field"]}>
          <PlainField
            value={draft}
            label="Query, LogQL"
            placeholder={'A LogQL query, such as {service="gateway"} |= "timeout"'}
            onChange={setDraft}
            onRun={() => ask(draft)}
          />
        </div>
        <Button size="xs" className={styles["run"] ?? ""} onClick={() => ask(draft)}>
          Run
        </Button>
      </div>
      {parts ? (
        <Parts parts={parts} names={names} onChange={(next, options) => ask(writeLogQuery(next), options)} />
      ) : (
        query !== "" && !failed && <p className="muted">A query of this shape is changed in its text only.</p>
      )}
    </section>
  );
}

interface PartsProps {
  readonly parts: LogQuery;
  readonly names: readonly string[];
  readonly onChange: (parts: LogQuery, options?: { replace?: boolean }) => void;
}

function Parts({ parts, names, onChange }: PartsProps) {
  const { matchers } = parts;
  return (
    <div className={styles["chips"]}>
      {matchers.map((matcher) => {
        const text = `${matcher.name}${matcher.operator}${matcher.value}`;
        return (
          <span key={text} className={styles["chip"]}>
            {text}
            <UnstyledButton
              aria-label={`Remove ${text}`}
              title="Remove"
              onClick={() => onChange({ ...parts, matchers: matchers.filter((other) => other !== matcher) })}
            >
              <IconX size={12} aria-hidden="true" />
            </UnstyledButton>
          </span>
        );
      })}
      <LabelPicker
        names={names}
        matchers={matchers}
        onPick={(matcher) => onChange({ ...parts, matchers: withMatcher(matchers, matcher) })}
      />
      <LineFilter parts={parts} onChange={onChange} />
    </div>
  );
}

/** A text that lines must contain; asked for when the typing pauses. */
function LineFilter({ parts, onChange }: Pick<PartsProps, "parts" | "onChange">) {
  const wanted = lineFilterOf(parts);
  const [text, setText] = useState(wanted);
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(false);
  useEffect(() => {
    // What is being typed is newer than what the address has just come to say.
    if (!typed.current) setText(wanted);
  }, [wanted]);
  useEffect(() => onCommand("search", () => field.current?.focus()), []);
  useEffect(() => {
    if (!typed.current || text === wanted) return;
    const timer = setTimeout(() => {
      typed.current = false;
      onChange(withLineFilter(parts, text), { replace: true });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, wanted, parts, onChange]);
  return (
    <TextInput
      ref={field}
      size="xs"
      className={styles["search"] ?? ""}
      aria-label="Lines that contain"
      placeholder="Lines that contain…"
      value={text}
      onChange={(event) => {
        typed.current = true;
        setText(event.currentTarget.value);
      }}
    />
  );
}
