import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n";
import { useBuilder } from "../store";

/** The language that the nodes' own texts are written in. */
export function LanguageField({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useTranslation();
  const language = useBuilder((state) => state.language);
  const setWide = useBuilder((state) => state.setWide);
  return (
    <Form.Item label={t("builder.settings.language")} htmlFor="settings-language" extra={t("builder.settings.languageHint")} style={{ marginBottom: 12 }}>
      <Select
        id="settings-language"
        disabled={isDisabled}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        onChange={(next) => setWide("language", { language: next })}
      />
    </Form.Item>
  );
}
