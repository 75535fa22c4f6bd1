import { describe, expect, it } from "vitest";
import { eventsAt } from "../../src/charts/events";
import { eventInWords, markOf } from "../../src/pages/model/about/events";

const EVENT = { number: 1, model: "m", kind: "deployed", time: "2026-01-01T00:00:00Z" };

describe("events of a model", () => {
  it("are said in one line", () => {
    expect(eventInWords({ ...EVENT, version: "2", text: "first prediction of version 2" })).toBe("Deployed 2");
    expect(eventInWords({ ...EVENT, kind: "stage", version: "2", text: "None → Production" })).toBe(
      "Stage 2: None → Production",
    );
    expect(eventInWords({ ...EVENT, kind: "price_change", text: "summer" })).toBe("price change: summer");
  });

  it("are marks at their time", () => {
    expect(markOf(EVENT)).toEqual({ timeMs: Date.UTC(2026, 0, 1), text: "Deployed" });
  });

  it("are told where the crosshair touches them", () => {
    const chart = { valToPos: (value: number) => value * 10 };
    const events = [1_000, 2_000, 9_000].map((timeMs) => ({ timeMs, text: String(timeMs) }));
    expect(eventsAt(chart, 14, events).map(({ text }) => text)).toEqual(["1000", "2000"]);
    expect(eventsAt(chart, 60, events)).toEqual([]);
    expect(eventsAt(null, 10, events)).toEqual([]);
  });
});
