import { Button, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconClock } from "@tabler/icons-react";
import { type FormEvent, useEffect, useState } from "react";
import { describeRange, formatFullTime, zoneName } from "../time/format";
import { problemOf, QUICK_RANGES, type TimeRange } from "../time/range";
import { usePageTime } from "../time/TimeProvider";
import bar from "./TimeBar.module.css";
import styles from "./TimePicker.module.css";
import { onCommand } from "./useHotkeys";

/** Chooses the time range: a usual one at a click, any other one in words. */
export function TimePicker() {
  const { range, interval, setRange } = usePageTime();
  const [opened, setOpened] = useState(false);
  useEffect(() => onCommand("time-range", () => setOpened(true)), []);
  const choose = (next: TimeRange) => {
    setRange(next);
    setOpened(false);
  };
  const label = describeRange(range, interval);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={`${bar["button"]} ${styles["target"]}`}
          onClick={() => setOpened(!opened)}
          aria-label={`Time range: ${label}`}
          title={`${formatFullTime(interval.startMs)} – ${formatFullTime(interval.endMs)}`}
        >
          <IconClock size={15} stroke={1.75} aria-hidden="true" />
          {label}
          <span className={bar["zone"]}>{zoneName()}</span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles["dropdown"]} aria-label="Time range">
        <ul className={styles["quick"]}>
          {QUICK_RANGES.map(({ label: name, range: quick }) => (
            <li key={name}>
              <UnstyledButton
                onClick={() => choose(quick)}
                aria-current={quick.from === range.from && range.to === "now"}
              >
                {name}
              </UnstyledButton>
            </li>
          ))}
        </ul>
        <ExactRange key={`${range.from} ${range.to}`} range={range} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ExactRange({ range, onChoose }: { range: TimeRange; onChoose: (range: TimeRange) => void }) {
  const [from, setFrom] = useState(written(range.from));
  const [to, setTo] = useState(written(range.to));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = { from: from.trim(), to: to.trim() };
    const found = problemOf(wanted, Date.now());
    setProblem(found);
    if (found === null) onChoose(wanted);
  };
  return (
    <form className={styles["exact"]} onSubmit={submit}>
      <TextInput size="xs" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
      <TextInput size="xs" label="To" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      {problem && (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" size="xs">
        Apply
      </Button>
      <p className="muted">
        <code>now-6h</code>, <code>now/d</code> or <code>2026-03-01 14:00</code>; times are in {zoneName()}.
      </p>
    </form>
  );
}

/** Epoch milliseconds as a date that a person can change. */
function written(moment: string): string {
  if (!/^\d{11,}$/.test(moment)) return moment;
  const ms = Number(moment);
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
