import { Flex, Input, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Language } from "@/lib/i18n";
import { useNodeTexts } from "../../useNodeTexts";
import { useBuilder } from "../store";
import { type Spoken, translatedTo, wordsOf } from "./spoken";

/** One text: where it stands, what it says, and its words in the other language. */
export function TranslationField({ spoken, language, isDisabled }: { spoken: Spoken; language: Language; isDisabled: boolean }) {
  const { t } = useTranslation();
  const place = usePlace(spoken);
  const translations = useBuilder((state) => state.translations);
  const base = useBuilder((state) => state.language);
  const setWide = useBuilder((state) => state.setWide);
  const words = wordsOf(translations, language, spoken);
  const id = `words-${language}-${spoken.nodeId}-${spoken.path}`;
  const put = (next: string) => setWide(id, { translations: translatedTo(translations, language, spoken, next) });
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={8}>
        <label htmlFor={id}>{place}</label>
        {!words && <Tag color="warning">{t("builder.settings.lacks")}</Tag>}
      </Flex>
      <Typography.Text id={`${id}-base`} lang={base} type="secondary" style={{ whiteSpace: "pre-wrap" }}>
        {spoken.text}
      </Typography.Text>
      <Input.TextArea
        id={id}
        lang={language}
        aria-describedby={`${id}-base`}
        autoSize={{ minRows: 1, maxRows: 8 }}
        disabled={isDisabled}
        value={words}
        onChange={(event) => put(event.target.value)}
      />
    </Flex>
  );
}

/** "Greeting · Text", "Menu · Options 2". */
function usePlace({ nodeId, path }: Spoken): string {
  const texts = useNodeTexts();
  const values = useBuilder((state) => state.nodes.find((one) => one.id === nodeId)?.data);
  const [name = "", place] = path.split(".");
  const kind = values?.kind ?? "";
  const field = texts.label(kind, name) + (place === undefined ? "" : ` ${Number(place) + 1}`);
  return `${values?.label || texts.kindTitle(kind)} · ${field}`;
}
