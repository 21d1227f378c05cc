import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { deleteJson, type Interpreter, postJson } from "@/lib/api";

/** Keeps a turn as a test case: what it did was right. It can be undone at once. */
export function SaveCase({ turnId }: { turnId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const fail = (error: Error) => message.error(explain(error));
  const save = useMutation({
    mutationFn: () => postJson<Interpreter["Case"]>(`/interpreter/api/turns/${turnId}/case`, {}),
    onSuccess: () => message.success(t("chat.caseSaved")),
    onError: fail,
  });
  const undo = useMutation({
    mutationFn: (id: string) => deleteJson<undefined>(`/interpreter/api/cases/${encodeURIComponent(id)}`),
    onSuccess: () => save.reset(),
    onError: fail,
  });
  const saved = save.data;
  return saved ? (
    <Button loading={undo.isPending} onClick={() => undo.mutate(saved.id)}>
      {t("chat.undoCase")}
    </Button>
  ) : (
    <Button loading={save.isPending} onClick={() => save.mutate()}>
      {t("chat.saveCase")}
    </Button>
  );
}
