import { Card, Flex, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { asLanguage, chooseLanguage, type Language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n";
import { type Theme, useTheme } from "@/lib/theme";

/** Language and theme of this browser. */
export function Appearance() {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useTheme();
  return (
    <Card title={t("account.appearance")}>
      <Flex vertical gap={12} align="start">
        <Segmented<Language>
          aria-label={t("layout.language")}
          value={asLanguage(i18n.language) ?? "es"}
          onChange={(language) => void chooseLanguage(language)}
          options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        />
        <Segmented<Theme>
          aria-label={t("account.theme")}
          value={theme}
          onChange={setTheme}
          options={(["light", "dark"] as const).map((one) => ({ value: one, label: t(`layout.${one}`) }))}
        />
      </Flex>
    </Card>
  );
}
