/** A span of time as the user wrote it: `now-15m`, `now/d`, epoch milliseconds or an ISO date. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** A span of time resolved to the clock; both ends belong to it. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

export const DEFAULT_RANGE: TimeRange = { from: "now-15m", to: "now" };

export const QUICK_RANGES: readonly { readonly label: string; readonly range: TimeRange }[] = [
  ["Last 5 minutes", "now-5m"],
  ["Last 15 minutes", "now-15m"],
  ["Last 30 minutes", "now-30m"],
  ["Last 1 hour", "now-1h"],
  ["Last 3 hours", "now-3h"],
  ["Last 6 hours", "now-6h"],
  ["Last 12 hours", "now-12h"],
  ["Last 24 hours", "now-24h"],
  ["Last 2 days", "now-2d"],
  ["Last 7 days", "now-7d"],
  ["Last 30 days", "now-30d"],
  ["Today so far", "now/d"],
].map(([label, from]) => ({ label: label as string, range: { from: from as string, to: "now" } }));

const UNIT_MS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const RELATIVE = /^now(?:-(\d+)([smhdw]))?(?:\/([mhdw]))?$/;

/** `15m` as milliseconds, or null where it is no duration. */
export function parseDurationMs(text: string): number | null {
  const match = /^(\d+)([smhdw])$/.exec(text.trim());
  return match ? Number(match[1]) * (UNIT_MS[match[2] as string] as number) : null;
}

/** The moment that `text` names, or null where it names none; `/d` rounds down, for an end up. */
export function parseMoment(text: string, nowMs: number, end = false): number | null {
  const trimmed = text.trim();
  const relative = RELATIVE.exec(trimmed);
  if (relative) {
    const [, amount, unit, rounding] = relative;
    const shifted = amount && unit ? nowMs - Number(amount) * (UNIT_MS[unit] as number) : nowMs;
    return rounding ? roundTo(shifted, rounding, end) : shifted;
  }
  if (/^\d{11,}$/.test(trimmed)) return Number(trimmed);
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return null;
  const local = /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00:00` : trimmed.replace(" ", "T");
  const parsed = Date.parse(local);
  return Number.isNaN(parsed) ? null : parsed;
}

function roundTo(ms: number, unit: string, up: boolean): number {
  const date = new Date(ms);
  date.setSeconds(0, 0);
  if (unit !== "m") date.setMinutes(0);
  if (unit === "d" || unit === "w") date.setHours(0);
  if (unit === "w") date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  return up ? date.getTime() + (UNIT_MS[unit] as number) - 1 : date.getTime();
}

/** The interval that a range means now; a range that makes no sense means the default one. */
export function resolve(range: TimeRange, nowMs: number): Interval {
  const startMs = parseMoment(range.from, nowMs);
  const endMs = parseMoment(range.to, nowMs, true);
  if (startMs === null || endMs === null || startMs >= endMs) return resolve(DEFAULT_RANGE, nowMs);
  return { startMs, endMs };
}

/** What is wrong with a range, in the user's words, or null. */
export function problemOf(range: TimeRange, nowMs: number): string | null {
  const startMs = parseMoment(range.from, nowMs);
  if (startMs === null) return `“${range.from}” is no time. Write now-6h, 2026-03-01 14:00 or now/d.`;
  const endMs = parseMoment(range.to, nowMs, true);
  if (endMs === null) return `“${range.to}” is no time. Write now, now-1h or 2026-03-01 15:00.`;
  return startMs < endMs ? null : "The start must be before the end.";
}

export function isLive(range: TimeRange): boolean {
  return range.to.startsWith("now");
}

export function absolute(interval: Interval): TimeRange {
  return { from: String(Math.round(interval.startMs)), to: String(Math.round(interval.endMs)) };
}

/** The interval moved by half its length: backwards for -1, forwards for 1. */
export function shifted({ startMs, endMs }: Interval, direction: -1 | 1): Interval {
  const moveMs = ((endMs - startMs) / 2) * direction;
  return { startMs: startMs + moveMs, endMs: endMs + moveMs };
}

/** Twice the interval around the same middle, but not into the future. */
export function zoomedOut({ startMs, endMs }: Interval, nowMs: number): Interval {
  const half = (endMs - startMs) / 2;
  const end = Math.min(endMs + half, Math.max(nowMs, endMs));
  return { startMs: end - 4 * half, endMs: end };
}
