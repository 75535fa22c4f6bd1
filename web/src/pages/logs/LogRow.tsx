import { IconChevronRight } from "@tabler/icons-react";
import { type CSSProperties, memo, type Ref } from "react";
import type { LogLine } from "../../api/loki";
import { formatTime } from "../../time/format";
import { belowMillis, isoNanos, millisOf, type Nanos } from "../../time/nanos";
import { LineDetails } from "./LineDetails";
import { LEVEL_COLOURS, LEVEL_TEXT, levelOf } from "./level";
import styles from "./logs.module.css";
import { type Segment, segmentsOf } from "./segments";

const MOST_CLOSED = 2_000;
const MOST_OPEN = 200_000;

interface LogRowProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly index: number;
  readonly startPx: number;
  readonly line: LogLine;
  /** What the list calls it. */
  readonly name: string;
  readonly query: string;
  readonly wanted: readonly string[];
  readonly wrap: boolean;
  /** Whether times need more than milliseconds. */
  readonly precise: boolean;
  readonly open: boolean;
  readonly onToggle: (name: string) => void;
}

/** One line with its time and level; opened, with everything that is known about it. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { ref, index, startPx, line, name, query, wanted, wrap, precise, open, onToggle } = props;
  const level = levelOf(line);
  const style = {
    transform: `translateY(${startPx}px)`,
    "--level": LEVEL_COLOURS[level],
    "--level-text": LEVEL_TEXT[level],
  } as CSSProperties;
  return (
    <div ref={ref} className={styles["row"]} data-index={index} data-open={open} style={style}>
      <div className={styles["summary"]}>
        <button
          type="button"
          className={styles["time"]}
          aria-expanded={open}
          title={isoNanos(line.ns)}
          onClick={() => onToggle(name)}
        >
          <IconChevronRight size={12} aria-hidden="true" />
          <Time ns={line.ns} precise={precise} />
        </button>
        <span className={styles["level"]}>{level === "unknown" ? "" : level}</span>
        <Text text={line.line} wanted={wanted} wrap={wrap || open} most={open ? MOST_OPEN : MOST_CLOSED} />
      </div>
      {open && <LineDetails line={line} query={query} />}
    </div>
  );
});

function Time({ ns, precise }: { ns: Nanos; precise: boolean }) {
  const ms = millisOf(ns);
  const millis = String(ms % 1_000).padStart(3, "0");
  return (
    <span>
      {formatTime(ms, Date.now())}.{millis}
      {precise && <span className={styles["fraction"]}>{belowMillis(ns)}</span>}
    </span>
  );
}

interface TextProps {
  readonly text: string;
  readonly wanted: readonly string[];
  readonly wrap: boolean;
  readonly most: number;
}

/** The text of a line, never as HTML. A very long one is cut, and says so. */
function Text({ text, wanted, wrap, most }: TextProps) {
  const cut = text.length - most;
  return (
    <code className={styles["line"]} data-wrap={wrap}>
      {segmentsOf(cut > 0 ? text.slice(0, most) : text, wanted).map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name.
        <Part key={index} segment={segment} />
      ))}
      {cut > 0 && <span className={styles["cut"]}> … and {cut} characters more</span>}
    </code>
  );
}

function Part({ segment: { text, kind, colour, bold } }: { segment: Segment }) {
  if (kind === "control") return <span className={styles["control"]}>{text}</span>;
  const style = { ...(colour ? { color: colour } : {}), ...(bold ? { fontWeight: 700 } : {}) };
  if (kind === "mark") return <mark>{text}</mark>;
  return colour || bold ? <span style={style}>{text}</span> : text;
}
