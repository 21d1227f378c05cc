import { useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Popconfirm, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Kind, useRollBack, useVersions, type Version } from "../../api";
import { useBuilder } from "../store";
import { useShowAll } from "../useShowAll";
import { Comparison } from "./Comparison";

/** What was published, newest first; any of it can be compared with the drawing, and becomes the draft again. */
export default function Versions({ kinds, mayDraw }: { kinds: readonly Kind[]; mayDraw: boolean }) {
  const { t } = useTranslation();
  const flowId = useBuilder((state) => state.view.flow.id);
  const published = useBuilder((state) => state.view.flow.version_id);
  const versions = useVersions(flowId);
  const [compared, compare] = useState<Version>();
  const { restore, error } = useRestore(flowId);
  return (
    <Flex vertical gap={8}>
      {error && <ErrorNote error={error} />}
      {versions.error && <ErrorNote error={versions.error} />}
      {(versions.data?.versions ?? []).map((version) => (
        <Flex key={version.id} justify="space-between" align="center" gap={8} wrap>
          <span>
            {t("flows.version", { number: version.number, nodes: version.nodes })}
            {version.id === published && <Typography.Text type="secondary"> · {t("flows.published")}</Typography.Text>}
          </span>
          <Flex gap={4}>
            <Button size="small" onClick={() => compare(version)}>
              {t("builder.compare")}
            </Button>
            {mayDraw && (
              <Popconfirm title={t("flows.restoreSure")} onConfirm={() => restore(version.id)}>
                <Button size="small">{t("flows.restore")}</Button>
              </Popconfirm>
            )}
          </Flex>
        </Flex>
      ))}
      {versions.data?.versions.length === 0 && <Typography.Text type="secondary">{t("flows.noVersions")}</Typography.Text>}
      {compared && <Comparison version={compared} versions={versions.data?.versions ?? []} kinds={kinds} onClose={() => compare(undefined)} />}
    </Flex>
  );
}

function useRestore(flowId: string) {
  const client = useQueryClient();
  const view = useBuilder((state) => state.view);
  const load = useBuilder((state) => state.load);
  const show = useShowAll();
  const rollBack = useRollBack(flowId);
  const restore = (version_id: string) =>
    rollBack.mutate(
      { version_id, revision: view.flow.revision },
      {
        onSuccess: (restored) => {
          client.setQueryData(["flow", flowId], restored);
          load(restored);
          show();
        },
      },
    );
  return { restore, error: rollBack.error };
}
