/** Colours of both themes. Chosen by hand where those that antd derives give text too little contrast (WCAG AA). */
import type { ThemeConfig } from "antd";
import type { Theme } from "@/lib/theme";

type Colours = Pick<ThemeConfig, "token" | "components">;

export const COLOURS: Record<Theme, Colours> = {
  light: {
    token: {
      borderRadius: 8,
      colorPrimary: "#0b6e55",
      colorLink: "#0b6e55",
      colorPrimaryBg: "#e2f3ed",
      colorPrimaryBgHover: "#d0ebe1",
      colorSuccess: "#1d6b12",
      colorSuccessBg: "#eef8ea",
      colorWarning: "#8f4a00",
      colorWarningBg: "#fff5e6",
      colorError: "#b3161f",
      colorInfo: "#0b57b8",
      colorTextDescription: "#5c6663",
      colorTextSecondary: "#55605c",
      colorTextTertiary: "#5c6663",
      colorTextPlaceholder: "#69736f",
      colorTextDisabled: "#69736f",
    },
  },
  dark: {
    token: {
      borderRadius: 8,
      colorPrimary: "#17806a",
      colorLink: "#4bcaa5",
      colorPrimaryBg: "#123a30",
      colorPrimaryBgHover: "#17483b",
      colorSuccess: "#6fce5f",
      colorWarning: "#f0b23c",
      colorError: "#ff7a75",
      colorInfo: "#69a9ff",
      colorTextDescription: "#a3aeaa",
      colorTextTertiary: "#a3aeaa",
      colorTextPlaceholder: "#939d99",
      colorTextDisabled: "#939d99",
    },
    components: { Menu: { itemSelectedColor: "#8ff0d0" }, Tabs: { itemSelectedColor: "#4bcaa5", itemHoverColor: "#8ff0d0", inkBarColor: "#4bcaa5" }, Button: { colorLink: "#4bcaa5" } },
  },
};
