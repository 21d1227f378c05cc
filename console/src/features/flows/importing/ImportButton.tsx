import { App, Button, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { asLanguage } from "@/lib/i18n";
import { type Arrived, useImport } from "../api";
import { Report } from "./Report";

/** Files of Recado, Typebot, RapidPro and Glific become drafts; what did not come over as it was is told. */
export function ImportButton() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const [arrived, setArrived] = useState<readonly Arrived[]>();
  const take = useImport(asLanguage(i18n.language) ?? "es");
  const read = async (file: File) => {
    try {
      const document: unknown = JSON.parse(await file.text());
      setArrived((await take.mutateAsync(document)).flows);
    } catch (error) {
      message.error(error instanceof SyntaxError ? t("builder.importing.noJson") : explain(error as Error));
    }
  };
  return (
    <>
      <Upload
        accept="application/json,.json"
        showUploadList={false}
        beforeUpload={(file) => {
          void read(file);
          return false;
        }}
      >
        <Button loading={take.isPending}>{t("flows.import")}</Button>
      </Upload>
      {arrived && <Report arrived={arrived} onClose={() => setArrived(undefined)} />}
    </>
  );
}
