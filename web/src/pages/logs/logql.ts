import { quoted } from "../../api/scoring";

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** One condition on a label of streams, such as `level!="debug"`. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/** A log query in two parts: which streams, and everything behind that. */
export interface LogQuery {
  readonly matchers: readonly LabelMatcher[];
  /** As written, from the first `|` on; empty where there is nothing. */
  readonly pipeline: string;
}

const USUAL_LABELS = ["service", "service_name", "app", "job", "container", "filename"];
const SPACE = /\s*/y;
const NAME = /[A-Za-z_][\w.:]*/y;
const OPERATOR = /=~|!~|!=|=/y;
const STRING = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y;
/** A filter with its text, or any other string: so that what looks like a filter inside of a string is none. */
const FILTER_OR_STRING = /\|=\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)|"(?:[^"\\\n]|\\.)*"|`[^`]*`/g;
const LINE_FILTER = /^\|=\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)\s*/;

/** The parts of a query that begins with a selector; null for any other, which the pickers leave alone. */
export function readLogQuery(query: string): LogQuery | null {
  const reader = new Reader(query);
  if (!reader.take("{")) return null;
  const matchers: LabelMatcher[] = [];
  while (!reader.take("}")) {
    if (matchers.length > 0 && !reader.take(",")) return null;
    if (reader.take("}")) break;
    const name = reader.match(NAME);
    const operator = reader.match(OPERATOR);
    const value = reader.match(STRING);
    if (name === null || operator === null || value === null) return null;
    matchers.push({ name, operator: operator as MatchOperator, value: unquoted(value) });
  }
  return { matchers, pipeline: query.slice(reader.at).trim() };
}

export function writeLogQuery({ matchers, pipeline }: LogQuery): string {
  return pipeline ? `${selectorOf(matchers)} ${pipeline}` : selectorOf(matchers);
}

export function selectorOf(matchers: readonly LabelMatcher[]): string {
  return `{${matchers.map(({ name, operator, value }) => `${name}${operator}${quoted(value)}`).join(", ")}}`;
}

/** The matchers with one that wants, or does not want, this value; what contradicts it goes. */
export function withMatcher(matchers: readonly LabelMatcher[], added: LabelMatcher): readonly LabelMatcher[] {
  const kept = matchers.filter(({ name, operator, value }) => {
    if (name !== added.name) return true;
    const exact = operator === "=" || added.operator === "=";
    return !exact && !(operator === added.operator && value === added.value);
  });
  return [...kept, added];
}

/** What the line filter directly behind the selector looks for; empty without one. */
export function lineFilterOf({ pipeline }: LogQuery): string {
  const literal = LINE_FILTER.exec(pipeline)?.[1];
  return literal ? unquoted(literal) : "";
}

/** The query with that filter changed, or taken out for an empty text. */
export function withLineFilter({ matchers, pipeline }: LogQuery, text: string): LogQuery {
  const rest = pipeline.replace(LINE_FILTER, "");
  return { matchers, pipeline: text === "" ? rest : `|= ${quoted(text)} ${rest}`.trim() };
}

/** The query with a condition on something that is known of single lines. */
export function withCondition({ matchers, pipeline }: LogQuery, condition: LabelMatcher, parser = ""): LogQuery {
  const parse = parser && !new RegExp(`\\|\\s*${parser}\\b`).test(pipeline) ? `| ${parser} ` : "";
  const { name, operator, value } = condition;
  return { matchers, pipeline: `${pipeline} ${parse}| ${name}${operator}${quoted(value)}`.trim() };
}

/** The texts that the query's lines must contain, for marking them. */
export function wantedTexts(query: string): readonly string[] {
  const literals = [...query.matchAll(FILTER_OR_STRING)].flatMap(([, literal]) => literal ?? []);
  return [...new Set(literals.map(unquoted).filter((text) => text !== ""))];
}

/** How many lines of each level there are in each step; null for a query that counts already. */
export function volumeQuery(query: string, stepS: number): string | null {
  return readLogQuery(query) ? `sum by (level, detected_level) (count_over_time(${query.trim()} [${stepS}s]))` : null;
}

/** What to show before anything is asked: every stream that the usual label finds; empty while none is known. */
export function defaultQuery(names: readonly string[] | undefined): string {
  const name = USUAL_LABELS.find((usual) => names?.includes(usual)) ?? names?.[0];
  return name === undefined ? "" : `{${name}=~".+"}`;
}

function unquoted(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal.slice(1, -1).replaceAll(/\\(.)/g, "$1");
  }
}

class Reader {
  at = 0;

  constructor(private readonly text: string) {}

  take(sign: string): boolean {
    return this.match(new RegExp(`\\${sign}`, "y")) !== null;
  }

  match(pattern: RegExp): string | null {
    SPACE.lastIndex = this.at;
    const start = this.at + (SPACE.exec(this.text)?.[0].length ?? 0);
    pattern.lastIndex = start;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at = start + found.length;
    return found;
  }
}
