import { Popover, SegmentedControl, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { logLabelValues } from "../../api/loki";
import { usePageTime } from "../../time/TimeProvider";
import { Failure } from "../../ui/Failure";
import { type LabelMatcher, selectorOf } from "./logql";
import styles from "./logs.module.css";

const MOST_VALUES = 200;

interface LabelPickerProps {
  readonly names: readonly string[];
  readonly matchers: readonly LabelMatcher[];
  readonly onPick: (matcher: LabelMatcher) => void;
}

/** Chooses a label and one of its values, so that nobody has to know the language of queries. */
export function LabelPicker({ names, matchers, onPick }: LabelPickerProps) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [operator, setOperator] = useState<"=" | "!=">("=");
  const current = name !== null && names.includes(name) ? name : (names[0] ?? null);
  const pick = (value: string) => {
    if (current !== null) onPick({ name: current, operator, value });
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles["add"]} onClick={() => setOpened(!opened)} disabled={names.length === 0}>
          Filter by label
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles["picker"]} aria-label="Filter by label">
        <ul className={styles["names"]} aria-label="Labels">
          {names.map((one) => (
            <li key={one}>
              <UnstyledButton aria-current={one === current} onClick={() => setName(one)}>
                {one}
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {current !== null && (
          <Values
            key={current}
            name={current}
            matchers={matchers}
            operator={operator}
            onOperator={setOperator}
            onPick={pick}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface ValuesProps {
  readonly name: string;
  readonly matchers: readonly LabelMatcher[];
  readonly operator: "=" | "!=";
  readonly onOperator: (operator: "=" | "!=") => void;
  readonly onPick: (value: string) => void;
}

function Values({ name, matchers, operator, onOperator, onPick }: ValuesProps) {
  const { interval } = usePageTime();
  const [text, setText] = useState("");
  const others = matchers.filter((matcher) => matcher.name !== name);
  const selector = others.some(isNarrow) ? selectorOf(others) : null;
  const { data, error, refetch } = useQuery({
    queryKey: ["log-values", name, selector],
    queryFn: ({ signal }) => logLabelValues(name, selector, interval, signal),
  });
  const found = (data ?? []).filter((value) => value.toLowerCase().includes(text.toLowerCase()));
  return (
    <div className={styles["values"]}>
      <div className={styles["valueHead"]}>
        <SegmentedControl
          size="xs"
          fullWidth
          mb={6}
          aria-label="Condition"
          value={operator}
          onChange={(value) => onOperator(value as "=" | "!=")}
          data={[
            { value: "=", label: "is" },
            { value: "!=", label: "is not" },
          ]}
        />
        <TextInput
          size="xs"
          aria-label={`Look for a value of ${name}`}
          placeholder="Look for a value"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && found[0] !== undefined && onPick(found[0])}
        />
      </div>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      <ul aria-label={`Values of ${name}`}>
        {found.slice(0, MOST_VALUES).map((value) => (
          <li key={value}>
            <UnstyledButton title={value} onClick={() => onPick(value)}>
              {value || "(empty)"}
            </UnstyledButton>
          </li>
        ))}
        {data && found.length === 0 && <li className="muted">no such value</li>}
        {found.length > MOST_VALUES && (
          <li className="muted">
            {MOST_VALUES} of {found.length}
          </li>
        )}
      </ul>
    </div>
  );
}

/** A selector with nothing but conditions that every stream meets is none to a server. */
function isNarrow({ operator, value }: LabelMatcher): boolean {
  return operator === "=" ? value !== "" : operator === "=~" && value !== ".*" && value !== "";
}
