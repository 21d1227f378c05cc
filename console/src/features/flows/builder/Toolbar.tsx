import { PartitionOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { usePublish } from "../api";
import { SettingsButton } from "./settings/SettingsButton";
import { useBuilder } from "./store";
import { useKeep } from "./useKeep";
import { useShowAll } from "./useShowAll";

/** Undo, redo, tidy up, save, publish. Publishing saves first; what is critical keeps it from being published. */
export function Toolbar({ mayDraw }: { mayDraw: boolean }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const client = useQueryClient();
  const undo = useBuilder((state) => state.undo);
  const redo = useBuilder((state) => state.redo);
  const layOut = useBuilder((state) => state.layOut);
  const canUndo = useBuilder((state) => state.history.past.length > 0);
  const canRedo = useBuilder((state) => state.history.future.length > 0);
  const isSaved = useBuilder((state) => state.changes === state.savedAt);
  const isWrong = useBuilder((state) => state.marks.findings.some((one) => one.severity === "critical"));
  const flowId = useBuilder((state) => state.view.flow.id);
  const show = useShowAll();
  const { keep, isKeeping } = useKeep();
  const publish = usePublish(flowId);

  const release = async () => {
    const saved = await keep();
    const version = await publish.mutateAsync({ revision: saved.flow.revision, language: i18n.language });
    await client.invalidateQueries({ queryKey: ["flow", flowId, "versions"] });
    message.success(t("flows.released", { number: version.number }));
  };
  const told = (work: () => Promise<unknown>) => () => void work().catch((error: Error) => message.error(explain(error)));
  if (!mayDraw) return <SettingsButton />;
  return (
    <Flex gap={8}>
      <Tool title={t("flows.undo")} icon={<UndoOutlined />} isOff={!canUndo} onClick={undo} />
      <Tool title={t("flows.redo")} icon={<RedoOutlined />} isOff={!canRedo} onClick={redo} />
      <Tool
        title={t("flows.layOut")}
        icon={<PartitionOutlined />}
        onClick={() => {
          layOut();
          show();
        }}
      />
      <SettingsButton />
      <Button
        loading={isKeeping}
        disabled={isSaved}
        onClick={told(async () => {
          await keep();
          message.success(t("flows.saved"));
        })}
      >
        {t("flows.save")}
      </Button>
      <Tooltip title={isWrong ? t("builder.cannotPublish") : ""}>
        <Button type="primary" loading={publish.isPending} disabled={isWrong} onClick={told(release)}>
          {t("flows.publish")}
        </Button>
      </Tooltip>
    </Flex>
  );
}

function Tool({ title, icon, isOff = false, onClick }: { title: string; icon: ReactNode; isOff?: boolean; onClick: () => void }) {
  return (
    <Tooltip title={title}>
      <Button icon={icon} aria-label={title} disabled={isOff} onClick={onClick} />
    </Tooltip>
  );
}
