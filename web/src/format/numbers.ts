/** What a number counts: it decides the prefix and the suffix that are shown. */
export type Unit = "short" | "ratio" | "seconds" | "perSecond" | "bytes";

const SI = ["", "k", "M", "G", "T", "P"];
const IEC = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const NO_VALUE = "–";

/** Three significant figures with the unit: `1.24k`, `98.2 %`, `12.3 ms`, `4.50 req/s`. */
export function formatValue(value: number | null | undefined, unit: Unit = "short"): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NO_VALUE;
  if (!Number.isFinite(value)) return value > 0 ? "+∞" : "−∞";
  switch (unit) {
    case "short":
      return scaled(value, 1_000, SI);
    case "perSecond":
      return `${scaled(value, 1_000, SI)}/s`;
    case "ratio":
      return `${significant(value * 100)} %`;
    case "seconds":
      return formatSeconds(value);
    case "bytes":
      return scaled(value, 1_024, IEC, " ");
  }
}

/**
 * The labels of an axis, from its lowest: all in the scale of the greatest, and the unit once, at the
 * last. A prefix such as `k` is part of the number and stands at each.
 */
export function formatAxis(values: readonly number[], unit: Unit): readonly string[] {
  const most = Math.max(0, ...values.map(Math.abs));
  const { divisor, suffix } = scaleOf(most, unit);
  return values.map((value, index) => {
    const text = significant(value / divisor);
    if (unit === "short") return value === 0 ? text : text + suffix;
    return index === values.length - 1 ? text + suffix : text;
  });
}

/** What an axis up to `most` is divided by, and what is written behind its numbers. */
function scaleOf(most: number, unit: Unit): { divisor: number; suffix: string } {
  switch (unit) {
    case "short":
      return prefixed(most, 1_000, SI, "", "");
    case "perSecond":
      return prefixed(most, 1_000, SI, "", "/s");
    case "bytes":
      return prefixed(most, 1_024, IEC, " ", "");
    case "ratio":
      return { divisor: 0.01, suffix: " %" };
    case "seconds":
      if (most < 0.000_01) return { divisor: 1e-6, suffix: " µs" };
      if (most < 1) return { divisor: 1e-3, suffix: " ms" };
      if (most < 120) return { divisor: 1, suffix: " s" };
      return most < 7_200 ? { divisor: 60, suffix: " min" } : { divisor: 3_600, suffix: " h" };
  }
}

function prefixed(most: number, base: number, prefixes: readonly string[], space: string, tail: string) {
  const fitting = most >= base ? Math.floor(Math.log(most) / Math.log(base) + 1e-9) : 0;
  const power = Math.min(prefixes.length - 1, fitting);
  const prefix = prefixes[power] as string;
  return { divisor: base ** power, suffix: (prefix ? space + prefix : "") + tail };
}

/** A count in full, with spaces between thousands. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** `value` in three significant figures, with a true minus sign and without needless zeros. */
export function significant(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(size)));
  const text = size < 1e-8 ? size.toExponential(2) : trimmed(size.toFixed(digits));
  return value < 0 ? `−${text}` : text;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function scaled(value: number, base: number, prefixes: readonly string[], space = ""): string {
  let power = 0;
  let rest = Math.abs(value);
  while (rest >= base * 0.9995 && power < prefixes.length - 1) {
    rest /= base;
    power++;
  }
  const prefix = prefixes[power] as string;
  return `${value < 0 ? "−" : ""}${significant(rest)}${prefix ? space + prefix : ""}`;
}

function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 0.000_009_995) return `${significant(seconds * 1_000_000)} µs`;
  if (size < 0.999_5) return `${significant(seconds * 1_000)} ms`;
  if (size < 120) return `${significant(seconds)} s`;
  if (size < 7_200) return `${significant(seconds / 60)} min`;
  if (size < 172_800) return `${significant(seconds / 3_600)} h`;
  return `${significant(seconds / 86_400)} d`;
}
