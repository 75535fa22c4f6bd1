import type { Unit } from "./numbers";

/** What the values of a query most likely count, by the custom of Prometheus's names; `short` where that is unclear. */
export function unitOf(expr: string): Unit {
  const perTime = /\b(rate|irate|deriv)\s*\(/.test(expr);
  if (/\bhistogram_quantile\s*\(/.test(expr)) return ofName(expr);
  if (perTime || /[*/]/.test(expr.replace(/\{[^}]*\}/g, "")) || /\bcount\b/.test(expr)) return "short";
  return ofName(expr);
}

function ofName(expr: string): Unit {
  const name = /\b[a-zA-Z_:]\w*_(seconds|bytes|ratio)(?:_bucket|_sum)?\b/.exec(expr);
  return ({ seconds: "seconds", bytes: "bytes", ratio: "ratio" } as const)[name?.[1] ?? ""] ?? "short";
}
