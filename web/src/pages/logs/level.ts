import type { LogLine } from "../../api/loki";

/** How grave a line is, in one word for all the words that programs use. */
export type Level = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "unknown";

/** From the gravest; the order in which levels are stacked and listed. */
export const LEVELS: readonly Level[] = ["fatal", "error", "warn", "info", "debug", "trace", "unknown"];

const WORDS: Readonly<Record<string, Level>> = {
  emerg: "fatal",
  emergency: "fatal",
  panic: "fatal",
  fatal: "fatal",
  alert: "fatal",
  critical: "fatal",
  crit: "fatal",
  error: "error",
  err: "error",
  severe: "error",
  e: "error",
  warning: "warn",
  warn: "warn",
  w: "warn",
  notice: "info",
  information: "info",
  info: "info",
  i: "info",
  debug: "debug",
  fine: "debug",
  dbug: "debug",
  d: "debug",
  trace: "trace",
  finest: "trace",
};
const LABELS = ["level", "severity", "detected_level", "severity_text", "lvl", "loglevel", "log_level"];
const LOOKED_AT = 300;

const IN_JSON = /"(?:level|severity|lvl|levelname|log\.level)"\s*:\s*"([A-Za-z]+)"/i;
const IN_LOGFMT = /(?:^|\s)(?:level|lvl|severity)="?([A-Za-z]+)/i;
const IN_WORDS =
  /(?:^|[\s[(<|])(EMERG|PANIC|FATAL|ALERT|CRITICAL|CRIT|ERROR|ERR|SEVERE|WARNING|WARN|NOTICE|INFO|DEBUG|TRACE)(?=[\s\])>|:,.]|$)/;

/** The level of a line: as its labels say, else as its text does. */
export function levelOf({ stream, metadata, line }: LogLine): Level {
  for (const name of LABELS) {
    const said = levelNamed(stream[name] ?? metadata[name]);
    if (said) return said;
  }
  const head = line.slice(0, LOOKED_AT);
  const word = (IN_JSON.exec(head) ?? IN_LOGFMT.exec(head) ?? IN_WORDS.exec(head))?.[1];
  return levelNamed(word) ?? "unknown";
}

/** The level that a word means; null for a word that is none. */
export function levelNamed(word: string | undefined): Level | null {
  return (word && WORDS[word.toLowerCase()]) || null;
}

/** The colour of a level, the same in chart and list. */
export const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  fatal: "var(--series-4)",
  error: "var(--error)",
  warn: "var(--warn)",
  info: "var(--info)",
  debug: "var(--series-8)",
  trace: "var(--border-strong)",
  unknown: "var(--border-strong)",
};

/** The colour of a level's word, readable as text. */
export const LEVEL_TEXT: Readonly<Record<Level, string>> = {
  fatal: "var(--error)",
  error: "var(--error)",
  warn: "var(--warn)",
  info: "var(--info)",
  debug: "var(--text-3)",
  trace: "var(--text-3)",
  unknown: "var(--text-3)",
};
