import { App, Button, Drawer, Form, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { may, useUser } from "@/lib/session";
import { useBuilder } from "../store";
import { useKeep } from "../useKeep";
import { AccountsPane } from "./AccountsPane";
import { LanguageField } from "./LanguageField";
import { NameFields } from "./NameFields";
import { SettingsFields } from "./SettingsFields";
import { BEHAVIOUR, PASSED } from "./settingsSchema";
import { TranslationsPane } from "./TranslationsPane";

/** What belongs to the whole flow. Nothing here needs the canvas: it is changed on a phone too. */
export default function SettingsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const isDisabled = !may(useUser(), "administrator");
  return (
    <Drawer open size={640} title={t("builder.settings.title")} onClose={onClose} styles={{ wrapper: { maxWidth: "100vw" }, body: { paddingTop: 8 } }} extra={!isDisabled && <Save />}>
      <Tabs
        destroyOnHidden
        items={[
          {
            key: "whole",
            label: t("builder.settings.whole"),
            children: (
              <Form layout="vertical">
                <NameFields id="settings" isDisabled={isDisabled} />
                <LanguageField isDisabled={isDisabled} />
                <SettingsFields schema={BEHAVIOUR} isDisabled={isDisabled} />
              </Form>
            ),
          },
          {
            key: "passed",
            label: t("builder.settings.passed"),
            children: (
              <Form layout="vertical">
                <SettingsFields schema={PASSED} isDisabled={isDisabled} />
              </Form>
            ),
          },
          { key: "translations", label: t("builder.settings.translations"), children: <TranslationsPane isDisabled={isDisabled} /> },
          ...(isDisabled ? [] : [{ key: "accounts", label: t("builder.settings.accounts"), children: <AccountsPane /> }]),
        ]}
      />
    </Drawer>
  );
}

function Save() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const isSaved = useBuilder((state) => state.changes === state.savedAt);
  const { keep, isKeeping } = useKeep();
  const save = () =>
    void keep().then(
      () => message.success(t("flows.saved")),
      (error: Error) => message.error(explain(error)),
    );
  return (
    <Button type="primary" loading={isKeeping} disabled={isSaved} onClick={save}>
      {t("flows.save")}
    </Button>
  );
}
