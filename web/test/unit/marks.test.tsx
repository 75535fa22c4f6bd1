import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SeverityMark } from "../../src/pages/alerts/SeverityMark";
import { StateMark } from "../../src/pages/alerts/StateMark";
import { LogRow } from "../../src/pages/logs/LogRow";

describe("what an alert is doing", () => {
  const text = (firesInMs: number | null) =>
    render(<StateMark state="pending" firesInMs={firesInMs} />).container.textContent;

  it("is said in words, with the time that is left", () => {
    expect(text(14_200)).toBe("pendingfires in 15 s");
    expect(text(200)).toBe("pendingfires in 1 s");
    expect(text(0)).toBe("pendingdue");
    expect(text(null)).toBe("pending");
  });

  it("is as bad as its rule says, by word and by shape", () => {
    const { container } = render(<SeverityMark severity="critical" />);
    expect(container.textContent).toBe("critical");
    expect(container.querySelector("svg")).not.toBeNull();
    expect(render(<SeverityMark severity="" />).container.textContent).toBe("–");
  });
});

describe("a line of a log", () => {
  const draw = (line: string, wanted: readonly string[] = []) =>
    render(
      <LogRow
        ref={null}
        index={0}
        startPx={0}
        line={{ ns: 1_772_366_400_123_000_007n, line, stream: { level: "error" }, metadata: {} }}
        name="a"
        query=""
        wanted={wanted}
        wrap={false}
        precise
        open={false}
        onToggle={() => {}}
      />,
    ).container;

  it("is text, never HTML", () => {
    const container = draw('<img src=x onerror="alert(1)"><b>bold</b>', ["<b>"]);
    expect(container.querySelector("img, b")).toBeNull();
    expect(container.querySelector("code")?.textContent).toBe('<img src=x onerror="alert(1)"><b>bold</b>');
    expect(container.querySelector("mark")?.textContent).toBe("<b>");
  });

  it("says its level as a word and its time to the nanosecond", () => {
    expect(draw("x").textContent).toContain("error");
    expect(screen.getByRole("button").title).toBe("2026-03-01T12:00:00.123000007Z");
    expect(screen.getByRole("button").textContent).toMatch(/:00\.123000007$/);
  });

  it("that is very long is cut, and says so", () => {
    const text = draw("x".repeat(100_000)).textContent ?? "";
    expect(text.length).toBeLessThan(3_000);
    expect(text).toContain("and 98000 characters more");
  });
});
