/**
 * Ant Design in the console's colours, sizes and language. Only what draws an antd component wraps itself in this, so
 * the shell, the login and the overview load none of it.
 */
import { ConfigProvider, theme as antdTheme } from "antd";
import type { Locale } from "antd/es/locale";
import { useEffect, useState, type ReactNode } from "react";
import { useI18n } from "../lib/i18n";
import { useTheme, type Theme } from "../lib/theme";
import { colors, fontFamily, sizes } from "./tokens";

const locales: Readonly<Record<string, () => Promise<{ default: Locale }>>> = {
  fr: () => import("antd/es/locale/fr_FR"),
  de: () => import("antd/es/locale/de_DE"),
  es: () => import("antd/es/locale/es_ES"),
};

export function AntTheme({ children }: { children: ReactNode }) {
  const { language } = useI18n();
  const theme = useTheme();
  const locale = useAntLocale(language.tag);
  return (
    <ConfigProvider direction={language.direction} theme={themeConfig(theme)} {...(locale ? { locale } : {})}>
      {children}
    </ConfigProvider>
  );
}

function useAntLocale(tag: string): Locale | null {
  const [loaded, setLoaded] = useState<{ tag: string; locale: Locale } | null>(null);
  useEffect(() => {
    void locales[tag]?.().then(({ default: locale }) => setLoaded({ tag, locale }));
  }, [tag]);
  return loaded?.tag === tag ? loaded.locale : null;
}

function themeConfig(theme: Theme) {
  const c = colors[theme];
  return {
    hashed: false,
    cssVar: { key: "meterlog" },
    algorithm: theme === "dark" ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily, fontSize: sizes.fontSize, borderRadius: sizes.radius,
      colorPrimary: c.accent, colorInfo: c.info, colorSuccess: c.success, colorWarning: c.warning, colorError: c.danger,
      colorText: c.text, colorTextBase: c.text, colorTextDescription: c.muted, colorTextSecondary: c.muted, colorTextPlaceholder: c.muted,
      colorBgBase: c.panel, colorBgLayout: c.bg, colorBgContainer: c.panel, colorBgElevated: c.panel,
      colorBorder: c.control, colorBorderSecondary: c.line, colorLink: c.accent,
    },
    components: {
      Table: {
        headerBg: c.panel, headerColor: c.muted, headerSplitColor: "transparent", borderColor: c.line, rowHoverBg: c.accentSoft,
        cellPaddingBlockMD: 4, cellPaddingInlineMD: 10, headerBorderRadius: 0,
      },
    },
  };
}
