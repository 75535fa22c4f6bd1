import type { MatrixSeries } from "../../api/prometheus";
import { parseValue } from "../../charts/frame";
import { formatCount } from "../../format/numbers";
import { formatTime } from "../../time/format";
import type { Interval } from "../../time/range";
import { LEVELS, type Level, levelNamed } from "./level";

/** How many lines of each level were written in one step of time. */
export interface Bar {
  readonly interval: Interval;
  readonly counts: Readonly<Partial<Record<Level, number>>>;
  readonly total: number;
}

/** A level with what it adds up to, and how its lines can be asked for: a label, and the words of it that mean the level. */
export interface LevelSum {
  readonly level: Level;
  readonly count: number;
  readonly label: "level" | "detected_level";
  readonly words: readonly string[];
}

/** The interval widened to whole steps, so that the first and the last bar are whole ones too. */
export function wholeSteps({ startMs, endMs }: Interval, stepS: number): Interval {
  const stepMs = stepS * 1_000;
  return { startMs: Math.floor(startMs / stepMs) * stepMs, endMs: Math.ceil(endMs / stepMs) * stepMs };
}

/** The bars of an interval of whole steps. A sample counts the step that ends at its time. */
export function barsOf(series: readonly MatrixSeries[], { startMs, endMs }: Interval, stepS: number): readonly Bar[] {
  const stepMs = stepS * 1_000;
  const count = Math.max(0, Math.round((endMs - startMs) / stepMs));
  const counts = Array.from({ length: count }, (): Partial<Record<Level, number>> => ({}));
  for (const { metric, values = [] } of series) {
    const level = levelOfSeries(metric);
    for (const [timeS, text] of values) {
      const bar = counts[Math.round((timeS * 1_000 - startMs) / stepMs) - 1];
      const value = parseValue(text);
      if (bar && Number.isFinite(value)) bar[level] = (bar[level] ?? 0) + value;
    }
  }
  return counts.map((byLevel, index) => ({
    interval: { startMs: startMs + index * stepMs, endMs: startMs + (index + 1) * stepMs },
    counts: byLevel,
    total: Object.values(byLevel).reduce((sum, value) => sum + value, 0),
  }));
}

/** The levels that occur, from the gravest. What the server has found out covers lines whose labels do not tell. */
export function levelSums(series: readonly MatrixSeries[]): readonly LevelSum[] {
  return LEVELS.flatMap((level) => {
    const own = series.filter(({ metric }) => levelOfSeries(metric) === level);
    const count = own.flatMap(({ values = [] }) => values).reduce((sum, [, text]) => sum + parseValue(text), 0);
    if (count <= 0) return [];
    const label = own.every(({ metric }) => metric["detected_level"]) ? "detected_level" : "level";
    return [{ level, count, label, words: [...new Set(own.map(({ metric }) => metric[label] ?? ""))] }];
  });
}

function levelOfSeries({ level, detected_level: detected }: MatrixSeries["metric"]): Level {
  return levelNamed(level) ?? levelNamed(detected) ?? "unknown";
}

/** `14:03:20: 3 error, 12 info`. */
export function describe({ interval, counts }: Bar): string {
  const parts = LEVELS.flatMap((level) => (counts[level] ? `${formatCount(counts[level])} ${level}` : []));
  return `${formatTime(interval.startMs, Date.now())}: ${parts.length > 0 ? parts.join(", ") : "no lines"}`;
}
