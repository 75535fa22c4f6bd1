import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./app/mantine.css";
import "./app/tokens.css";
import "./app/page.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { styleNonce } from "./app/nonce";
import { router } from "./app/router";
import { theme } from "./app/theme";

const colourSchemes = localStorageColorSchemeManager({ key: "sightline-theme" });

// The page's clock asks again every few seconds: a second way to retry would only hide a lost server.
const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, gcTime: 60_000 } },
});

const root = document.getElementById("root");
if (!root) throw new Error("BUG: the page has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colourSchemes}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
