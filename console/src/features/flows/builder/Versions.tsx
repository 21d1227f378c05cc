import { Button, Flex, Popconfirm, Typography } from "antd";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { ErrorNote } from "@/components/ErrorNote";
import { type FlowView, useRollBack, useVersions } from "../api";
import { BuilderContext } from "./store";

/** What was published, newest first; any of it becomes the draft again. */
export function Versions({ view, mayDraw }: { view: FlowView; mayDraw: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const store = useContext(BuilderContext);
  const versions = useVersions(view.flow.id);
  const rollBack = useRollBack(view.flow.id);
  const restore = (version_id: string) =>
    rollBack.mutate(
      { version_id, revision: view.flow.revision },
      {
        onSuccess: (restored) => {
          client.setQueryData(["flow", view.flow.id], restored);
          store?.getState().load(restored);
        },
      },
    );
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>{t("flows.versions")}</Typography.Text>
      {rollBack.isError && <ErrorNote error={rollBack.error} />}
      {(versions.data?.versions ?? []).map((version) => (
        <Flex key={version.id} justify="space-between" align="center">
          <span>{t("flows.version", { number: version.number, nodes: version.nodes })}</span>
          {mayDraw && (
            <Popconfirm title={t("flows.restoreSure")} onConfirm={() => restore(version.id)}>
              <Button size="small">{t("flows.restore")}</Button>
            </Popconfirm>
          )}
        </Flex>
      ))}
      {versions.data?.versions.length === 0 && <Typography.Text type="secondary">{t("flows.noVersions")}</Typography.Text>}
    </Flex>
  );
}
