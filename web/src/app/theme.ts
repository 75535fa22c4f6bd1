import { createTheme, type MantineColorsTuple } from "@mantine/core";

const INDIGO: MantineColorsTuple = [
  "#eeeefc",
  "#dcddf8",
  "#b7b9f2",
  "#9093ff",
  "#7376ea",
  "#5b5fdd",
  "#4d51d4",
  "#4347c9",
  "#383cae",
  "#2e3290",
];

// From text to page, as in tokens.css: without these Mantine's own dark theme is a warm grey.
const DARK: MantineColorsTuple = [
  "#e6e9ef",
  "#a9b2c1",
  "#8c96a8",
  "#687386",
  "#39414f",
  "#2b323e",
  "#1d222b",
  "#161a21",
  "#11151b",
  "#0e1116",
];

const GRAY: MantineColorsTuple = [
  "#f5f6f8",
  "#eff1f5",
  "#e8ebf0",
  "#dfe3ea",
  "#c9ced8",
  "#8b95a7",
  "#656e80",
  "#4b5464",
  "#2d3440",
  "#161a22",
];

/** Mantine in our words: its own parts take the colours and the density of tokens.css. */
export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 5 },
  colors: { indigo: INDIGO, dark: DARK, gray: GRAY },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  defaultRadius: 4,
  fontSizes: { xs: "11px", sm: "13px", md: "13px", lg: "15px", xl: "18px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  cursorType: "pointer",
});
