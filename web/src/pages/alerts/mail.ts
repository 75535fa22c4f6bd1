const REMOVED = "script, link, meta, base, iframe, frame, object, embed, form, input, button, video, audio, svg";
const HELD_BACK = ["src", "srcset", "background", "poster"];
const TAG = /<\/?[a-z][^>]*>/gi;

/**
 * A mail as a document for a sandboxed frame. The frame inherits the page's content security policy, which
 * allows no styles but those with the nonce: so what stands in `style` attributes, as mails have it, is moved
 * into one style element. Everything that acts or is loaded from elsewhere is taken out, links open in a tab
 * of their own, and a second policy forbids what was forgotten.
 */
export function mailDocument(html: string, nonce: string): string {
  const document = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const element of document.querySelectorAll(REMOVED)) element.remove();
  const rules: string[] = [];
  for (const sheet of document.querySelectorAll("x-style, style")) {
    rules.push(sheet.textContent ?? "");
    sheet.remove();
  }
  for (const element of document.querySelectorAll("*")) {
    const style = element.getAttribute("data-x-style");
    if (style !== null) {
      element.setAttribute("data-style", String(rules.length));
      rules.push(`[data-style="${rules.length}"]{${style.replaceAll(/[{}]/g, "")}}`);
    }
    for (const { name, value } of [...element.attributes]) if (isHarmful(name, value)) element.removeAttribute(name);
    if (element.matches("a, area")) {
      element.setAttribute("target", "_blank");
      element.setAttribute("rel", "noreferrer");
    }
  }
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  const css = rules.join("\n").replaceAll(/<\/style/gi, "");
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<style nonce="${nonce}">body{font:14px/1.5 sans-serif;color:#161a22;background:#fff}\n${css}</style></head>` +
    `${document.body.outerHTML}</html>`
  );
}

/** Renames what the browser would complain of while it parses: styles, and what listens to events. */
function disarmed(html: string): string {
  return html.replace(TAG, (tag) =>
    tag
      .replace(/^(<\/?)style/i, "$1x-style")
      .replaceAll(/([\s"'/])style(\s*=)/gi, "$1data-x-style$2")
      .replaceAll(/([\s"'/])on[a-z]+(\s*=)/gi, "$1data-x-off$2"),
  );
}

function isHarmful(name: string, value: string): boolean {
  if (name === "style" || name.startsWith("on") || name.startsWith("data-x-") || HELD_BACK.includes(name)) return true;
  return name === "href" && !/^(https?|mailto):/i.test(value.trim());
}
