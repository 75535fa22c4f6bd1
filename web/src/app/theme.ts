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

/** Mantine in our words: its own parts take the colours and the density of tokens.css. */
export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 5 },
  colors: { indigo: INDIGO },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  defaultRadius: 4,
  fontSizes: { xs: "11px", sm: "13px", md: "13px", lg: "15px", xl: "18px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  cursorType: "pointer",
});
