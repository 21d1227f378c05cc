import { Empty, Flex, Segmented, Switch, Typography } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@/lib/i18n";
import { useBuilder } from "../store";
import { missingIn, type Spoken, spokenOf } from "./spoken";
import { TranslationField } from "./TranslationField";

/** Each text that people read, with its words in one other language at a time. */
export function TranslationsPane({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useTranslation();
  const nodes = useBuilder((state) => state.nodes);
  const base = useBuilder((state) => state.language);
  const translations = useBuilder((state) => state.translations);
  const others = LANGUAGES.filter((one) => one !== base);
  const [chosen, setChosen] = useState<Language | undefined>();
  const [left, setLeft] = useState<readonly Spoken[] | undefined>();
  const spoken = useMemo(() => spokenOf(nodes), [nodes]);
  const language = others.find((one) => one === chosen) ?? others[0] ?? base;
  const missing = missingIn(translations, language, spoken);
  if (spoken.length === 0) return <Empty description={t("builder.settings.noTexts")} />;
  const choose = (next: Language) => {
    setChosen(next);
    setLeft(undefined);
  };
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t("builder.settings.translationsHint")}</Typography.Text>
      <Segmented
        aria-label={t("builder.settings.translations")}
        value={language}
        options={others.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        onChange={choose}
      />
      <Flex justify="space-between" gap={8} wrap>
        <span role="status">{missing.length ? t("builder.settings.missing", { count: missing.length }) : t("builder.settings.complete")}</span>
        <label>
          <Switch size="small" checked={left !== undefined} onChange={(is) => setLeft(is ? missing : undefined)} /> {t("builder.settings.onlyMissing")}
        </label>
      </Flex>
      {(left ?? spoken).map((one) => (
        <TranslationField key={`${language} ${one.nodeId} ${one.path}`} spoken={one} language={language} isDisabled={isDisabled} />
      ))}
    </Flex>
  );
}
