import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const THEME_SCRIPT = "src/app/theme-boot.js";
const PROXIED = ["/api", "/loki", "/-", "/metrics"];

/**
 * Puts the script that sets the theme before the first paint into the head. It must be a blocking
 * file of its own: a module runs too late and an inline script is against the content security policy.
 */
function themeBoot(): Plugin {
  return {
    name: "theme-boot",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "asset", name: "theme.js", source: readFileSync(THEME_SCRIPT, "utf8") });
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const file = Object.keys(bundle).find((name) => /theme-[\w-]+\.js$/.test(name));
        return html.replace("<!-- theme -->", `<script src="./${file}" nonce="__CSP_NONCE__"></script>`);
      },
    },
  };
}

/** The server puts the path prefix and a nonce into the page; the development server has neither. */
function developmentPage(): Plugin {
  return {
    name: "development-page",
    apply: "serve",
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html
          .replace("<!-- theme -->", `<script src="/${THEME_SCRIPT}"></script>`)
          .replaceAll("__BASE__", "/")
          .replaceAll("__CSP_NONCE__", ""),
    },
  };
}

const upstream = process.env["SIGHTLINE"] ?? "http://127.0.0.1:7444";

export default defineConfig({
  base: "./",
  plugins: [react(), themeBoot(), developmentPage()],
  html: { cspNonce: "__CSP_NONCE__" },
  server: { host: "127.0.0.1", proxy: Object.fromEntries(PROXIED.map((path) => [path, upstream])) },
  build: {
    outDir: "target/classes/web",
    emptyOutDir: true,
    manifest: true,
    license: { fileName: "assets/licences.txt" },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    target: "es2023",
  },
  test: {
    environment: "happy-dom",
    include: ["test/unit/**/*.test.{ts,tsx}"],
    setupFiles: ["test/unit/setup.ts"],
    css: false,
    // Bounds for what never comes, not for slow machines.
    testTimeout: 60_000,
  },
});
