import { App, Button, Flex, Form, Select, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { useBuilder } from "../store";
import { useAllow, useAllowed, useServiceAccounts } from "./accounts";

/** As which service accounts the flow's tools may act. Allowed at once: it is no part of the drawing and its versions. */
export function AccountsPane() {
  const flowId = useBuilder((state) => state.view.flow.id);
  const allowed = useAllowed(flowId);
  const known = useServiceAccounts();
  const failed = allowed.error ?? known.error;
  if (failed) return <ErrorNote error={failed} />;
  if (!allowed.data || !known.data) return <Spin />;
  return <Choosing key={allowed.data.join()} flowId={flowId} allowed={allowed.data} known={known.data} />;
}

function Choosing({ flowId, allowed, known }: { flowId: string; allowed: readonly string[]; known: readonly string[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState(allowed);
  const allow = useAllow(flowId);
  return (
    <Form layout="vertical" onFinish={() => allow.mutate(chosen, { onSuccess: () => void message.success(t("builder.settings.accountsKept")) })}>
      {allow.error && <ErrorNote error={allow.error} />}
      <Form.Item label={t("builder.settings.accountsAllowed")} htmlFor="settings-accounts" extra={t("builder.settings.accountsHint")}>
        <Select
          id="settings-accounts"
          mode="multiple"
          value={[...chosen]}
          notFoundContent={t("builder.settings.noAccounts")}
          options={[...new Set([...known, ...allowed])].sort().map((name) => ({ value: name, label: name }))}
          onChange={setChosen}
        />
      </Form.Item>
      <Flex>
        <Button htmlType="submit" loading={allow.isPending} disabled={[...chosen].sort().join() === [...allowed].sort().join()}>
          {t("builder.settings.accountsKeep")}
        </Button>
      </Flex>
    </Form>
  );
}
