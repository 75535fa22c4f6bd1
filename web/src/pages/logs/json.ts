/** A field of a JSON object: its name, and its value as text that a condition of a query can compare. */
export interface JsonField {
  readonly name: string;
  readonly value: string;
  /** An object or a list, which no condition compares. */
  readonly nested: boolean;
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+)/y;

/**
 * A JSON object in lines, indented; null where the text is none. Works on the text and not on its value, so
 * that `12345678901234567890` and `1.0` stay what they are.
 */
export function prettyJson(text: string): string | null {
  if (!isObject(text)) return null;
  let result = "";
  let depth = 0;
  const tokens = tokensOf(text);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token === "{" || token === "[") {
      const empty = next === "}" || next === "]";
      depth++;
      result += empty ? token : token + lineAt(depth);
    } else if (token === "}" || token === "]") {
      depth--;
      const before = tokens[index - 1];
      result += before === "{" || before === "[" ? token : lineAt(depth) + token;
    } else if (token === ",") result += token + lineAt(depth);
    else result += token === ":" ? ": " : token;
  });
  return result;
}

/** The fields of a JSON object, in their order; none for a text that is no object. */
export function jsonFields(text: string): readonly JsonField[] {
  if (!isObject(text)) return [];
  const tokens = tokensOf(text);
  const fields: JsonField[] = [];
  let at = 1;
  while (at < tokens.length && tokens[at] !== "}") {
    const name = JSON.parse(tokens[at] as string) as string;
    const start = at + 2;
    at = endOfValue(tokens, start);
    const raw = tokens.slice(start, at).join("");
    const isString = raw.startsWith('"');
    fields.push({ name, value: isString ? (JSON.parse(raw) as string) : raw, nested: at - start > 1 });
    if (tokens[at] === ",") at++;
  }
  return fields;
}

function isObject(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) tokens.push(match[1] as string);
  return tokens;
}

/** The place behind the value that begins at `start`. */
function endOfValue(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

function lineAt(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}
