import type { Labels } from "../api/prometheus";

/** Values that an alert is raised for: those above or below a limit. */
export interface Threshold {
  readonly limit: number;
  readonly side: "above" | "below";
}

/** The part of an expression that can be drawn over time, and where in the drawing its alert begins. */
export interface Drawable {
  readonly expr: string;
  /** null where the expression is no comparison with one number. */
  readonly threshold: Threshold | null;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const COMPARISON = /(>=|<=|==|!=|>|<)/y;
const SET_OPERATOR = /\b(?:and|or|unless|atan2)\b/iy;

/**
 * Takes the comparison off an expression such as `a / b > 0.5`: what is left has a value also while
 * nothing is wrong. An expression of another shape is drawn as it is.
 */
export function drawableOf(expr: string): Drawable {
  const whole = { expr: expr.trim(), threshold: null };
  const found = outerComparison(whole.expr);
  if (!found) return whole;
  const left = whole.expr.slice(0, found.at).trim();
  const right = whole.expr.slice(found.at + found.operator.length).trim();
  if (NUMBER.test(right) && !NUMBER.test(left)) {
    return { expr: left, threshold: { limit: Number(right), side: found.operator[0] === ">" ? "above" : "below" } };
  }
  if (NUMBER.test(left) && !NUMBER.test(right)) {
    return { expr: right, threshold: { limit: Number(left), side: found.operator[0] === "<" ? "above" : "below" } };
  }
  return whole;
}

/** Whether a series is what an alert is about: all its labels are the alert's. */
export function isSeriesOf({ __name__: _, ...series }: Labels, alert: Labels): boolean {
  return Object.entries(series).every(([name, value]) => alert[name] === value);
}

/** The only `<` or `>` outside of brackets, strings and comments; null where there are others, or sets are joined. */
function outerComparison(expr: string): { readonly at: number; readonly operator: string } | null {
  let found: { at: number; operator: string } | null = null;
  let depth = 0;
  for (let i = 0; i < expr.length; i++) {
    const letter = expr[i] as string;
    if (letter === "#") return null;
    if (letter === '"' || letter === "'" || letter === "`") i = endOfString(expr, i);
    else if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter)) depth--;
    else if (depth === 0) {
      if (matchAt(SET_OPERATOR, expr, i)) return null;
      const operator = matchAt(COMPARISON, expr, i);
      if (!operator) continue;
      if (found || operator === "==" || operator === "!=") return null;
      found = { at: i, operator };
      i += operator.length - 1;
    }
  }
  return found;
}

function endOfString(expr: string, start: number): number {
  const quote = expr[start];
  for (let i = start + 1; i < expr.length; i++) {
    if (expr[i] === "\\" && quote !== "`") i++;
    else if (expr[i] === quote) return i;
  }
  return expr.length;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
