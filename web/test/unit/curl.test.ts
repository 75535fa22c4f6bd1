import { expect, it } from "vitest";
import { curlOf } from "../../src/url/curl";

it("writes a command that a shell reads as it is meant", () => {
  const query = `sum(rate(x{a="it's"}[1m]))`;
  expect(curlOf("http://127.0.0.1:7444/", "api/v1/query", { query, time: 12.5 }, false)).toBe(
    [
      "curl -G 'http://127.0.0.1:7444/api/v1/query' \\",
      `  --data-urlencode 'query=sum(rate(x{a="it'\\''s"}[1m]))' \\`,
      "  --data-urlencode 'time=12.5'",
    ].join("\n"),
  );
});

it("leaves a place for the token and does not give it away", () => {
  expect(curlOf("https://w/", "api/v1/query", {}, true)).toBe(
    `curl -G 'https://w/api/v1/query' \\\n  -H "Authorization: Bearer $TOKEN"`,
  );
});
