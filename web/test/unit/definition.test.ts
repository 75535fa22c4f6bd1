import { describe, expect, it } from "vitest";
import { definitionOf, fieldsOf } from "../../src/pages/model/monitors/definition";
import { sentenceOf } from "../../src/pages/model/monitors/words";

describe("the form of a monitor", () => {
  it("sends numbers as numbers and words as lists", () => {
    expect(definitionOf({ kind: "fixed", measure: "accuracy", lower: "0.7", upper: "" }, undefined)).toEqual({
      kind: "fixed",
      measure: "accuracy",
      lower: 0.7,
    });
    expect(definitionOf({ kind: "list", feature: "channel", expected: "web, app" }, undefined)).toEqual({
      kind: "list",
      feature: "channel",
      expected: ["web", "app"],
    });
  });

  it("keeps what it does not show, and drops what belongs to another kind", () => {
    const before = { kind: "fixed", measure: "mean", feature: "age", upper: 50, delay: "6h", enabled: false };
    const fields = { ...fieldsOf(before), kind: "deviation", factor: "3" };
    expect(definitionOf(fields, before)).toEqual({
      kind: "deviation",
      measure: "mean",
      feature: "age",
      factor: 3,
      delay: "6h",
      enabled: false,
    });
  });

  it("says in a sentence what is looked at", () => {
    expect(sentenceOf({ kind: "fixed", measure: "mean", feature: "age", window: "1h", upper: 50 })).toBe(
      "mean of age by 1h: fixed, upper 50",
    );
    expect(sentenceOf({ kind: "conjunction", window: "1h", of: ["a", "b"] })).toBe("by 1h: conjunction, a, b");
  });
});
