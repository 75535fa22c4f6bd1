import { expect, it } from "vitest";
import { seriesColours, seriesName } from "../../src/format/colour";

it("writes a series' name as Prometheus does", () => {
  expect(seriesName({ __name__: "x", b: 'say "hi"', a: "1" })).toBe('x{a="1", b="say \\"hi\\""}');
  expect(seriesName({})).toBe("{}");
  expect(seriesName({ __name__: "up" })).toBe("up");
});

it("gives a series the same colour in any order, and whatever comes after it by name", () => {
  const alone = seriesColours(["price"]).get("price");
  expect(seriesColours(["sentiment", "price"]).get("price")).toBe(alone);
  expect(seriesColours(["price", "sentiment"])).toEqual(seriesColours(["sentiment", "price"]));
});

it("gives ten series ten colours, and more than ten a colour each", () => {
  const names = Array.from({ length: 25 }, (_, i) => `series ${i}`);
  expect(new Set(seriesColours(names.slice(0, 10)).values()).size).toBe(10);
  expect(seriesColours(names).size).toBe(25);
});
