import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const CSS = readFileSync("src/app/tokens.css", "utf8");

describe.each(["light", "dark"])("the %s theme", (theme) => {
  const tokens = tokensOf(theme);
  const surfaces = ["page", "surface", "sunken", "hover"];

  it.each(["text", "text-2", "text-3", "accent-text", "error", "warn", "ok"])("has readable --%s", (name) => {
    for (const surface of surfaces) expect.soft(contrast(name, surface), `on ${surface}`).toBeGreaterThanOrEqual(4.5);
  });

  it("has readable text on its soft colours and on what is selected", () => {
    expect(contrast("text-3", "selected")).toBeGreaterThanOrEqual(4.5);
    expect(contrast("accent-text", "selected")).toBeGreaterThanOrEqual(4.5);
    for (const soft of ["ok-soft", "warn-soft", "error-soft"]) {
      expect(contrast("text", soft)).toBeGreaterThanOrEqual(4.5);
      expect(contrast("text-2", soft)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("has lines that can be told from the panel", () => {
    for (let i = 1; i <= 10; i++) expect.soft(contrast(`series-${i}`, "surface")).toBeGreaterThanOrEqual(3);
    expect(contrast("accent", "surface")).toBeGreaterThanOrEqual(3);
  });

  function contrast(a: string, b: string): number {
    const [low, high] = [luminance(tokens, a), luminance(tokens, b)].sort((x, y) => x - y) as [number, number];
    return (high + 0.05) / (low + 0.05);
  }
});

function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`scheme="${theme}"\\] \\{([^}]*)\\}`).exec(CSS)?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(tokens: Map<string, string>, name: string): number {
  const hex = tokens.get(name);
  if (!hex) throw new Error(`no token --${name}`);
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
