import { PartitionOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex } from "antd";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { type FlowView, usePublish, useSave } from "../api";
import { toDrawing } from "./serialize";
import { BuilderContext, useBuilder } from "./store";
import { useShowAll } from "./useShowAll";

/** Undo, redo, tidy up, save, publish. Publishing saves first; what is critical keeps it from being published. */
export function Toolbar({ view, mayDraw }: { view: FlowView; mayDraw: boolean }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const client = useQueryClient();
  const store = useContext(BuilderContext);
  const undo = useBuilder((state) => state.undo);
  const redo = useBuilder((state) => state.redo);
  const layOut = useBuilder((state) => state.layOut);
  const show = useShowAll();
  const history = useBuilder((state) => state.history);
  const changes = useBuilder((state) => state.changes);
  const isWrong = useBuilder((state) => state.checked.findings.some((one) => one.severity === "critical"));
  const [savedAt, setSavedAt] = useState(0);
  const save = useSave(view.flow.id);
  const publish = usePublish(view.flow.id);

  const keep = async (): Promise<FlowView> => {
    if (!store || changes === savedAt) return view;
    const { nodes, edges } = store.getState();
    const saved = await save.mutateAsync({ revision: view.flow.revision, draft: toDrawing({ nodes, edges }, view.draft) });
    setSavedAt(changes);
    client.setQueryData(["flow", view.flow.id], saved);
    return saved;
  };
  const release = async () => {
    const saved = await keep();
    const version = await publish.mutateAsync({ revision: saved.flow.revision, language: i18n.language });
    await client.invalidateQueries({ queryKey: ["flow", view.flow.id, "versions"] });
    message.success(t("flows.released", { number: version.number }));
  };
  const told = (work: () => Promise<unknown>) => () => void work().catch((error: Error) => message.error(explain(error)));
  if (!mayDraw) return null;
  return (
    <Flex gap={8}>
      <Button icon={<UndoOutlined />} aria-label={t("flows.undo")} disabled={history.past.length === 0} onClick={undo} />
      <Button icon={<RedoOutlined />} aria-label={t("flows.redo")} disabled={history.future.length === 0} onClick={redo} />
      <Button icon={<PartitionOutlined />} aria-label={t("flows.layOut")} 
        onClick={() => {
          layOut();
          show();
        }}
      />
      <Button
        loading={save.isPending}
        disabled={changes === savedAt}
        onClick={told(async () => {
          await keep();
          message.success(t("flows.saved"));
        })}
      >
        {t("flows.save")}
      </Button>
      <Button type="primary" loading={publish.isPending} disabled={isWrong} onClick={told(release)}>
        {t("flows.publish")}
      </Button>
    </Flex>
  );
}
