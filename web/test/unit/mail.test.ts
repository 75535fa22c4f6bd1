import { describe, expect, it } from "vitest";
import { mailDocument } from "../../src/pages/alerts/mail";

describe("a mail in its frame", () => {
  it("keeps its looks under the page's policy", () => {
    const made = mailDocument('<p style="color: red">a</p><style>b { margin: 0 }</style>', "n0nce");
    expect(made).toContain('<style nonce="n0nce">');
    expect(made).toContain('[data-style="1"]{color: red}');
    expect(made).toContain("b { margin: 0 }");
    expect(made).not.toContain('style="color');
  });

  it("acts on nothing and loads nothing", () => {
    const made = mailDocument(
      `<script>alert(1)</script><img src="http://x/pixel" onerror="alert(2)"><form action="http://x"><input></form>
       <iframe srcdoc="http://x"></iframe><meta http-equiv="refresh" content="0;url=http://x"><a href="javascript:alert(3)">l</a>
       <p style="color: red} body { display: none">a</p><style>a {}</style ></style><b onclick="alert(4)">c</b></style>`,
      "n0nce",
    );
    for (const bad of ["alert", "http://x", "javascript", "<form", "<iframe", "refresh", "red} body {"]) {
      expect.soft(made, bad).not.toContain(bad);
    }
    expect(made).toContain("default-src 'none'");
  });

  it("opens its links in a tab of their own", () => {
    expect(mailDocument('<a href="https://a.example/x?y=1&amp;z=2">l</a>', "n")).toMatch(
      /<a href="https:\/\/a\.example\/x\?y=1&amp;z=2" target="_blank" rel="noreferrer">/,
    );
  });
});
