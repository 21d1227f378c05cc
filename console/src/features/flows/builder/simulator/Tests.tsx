import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Popconfirm, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { runTests } from "../../api";
import { useBuilder, useBuilderStore } from "../store";

/** The dialogues that must go as written, or the flow is not published. */
export function Tests({ mayDraw }: { mayDraw: boolean }) {
  const { t, i18n } = useTranslation();
  const store = useBuilderStore();
  const tests = useBuilder((state) => state.tests);
  const setTests = useBuilder((state) => state.setTests);
  const run = useMutation({
    mutationFn: () => {
      const { view, drawing } = store.getState();
      return runTests(view.flow.id, drawing(), i18n.language);
    },
  });
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" align="center">
        <Typography.Text strong>{t("builder.tests.title")}</Typography.Text>
        {tests.length > 0 && (
          <Button size="small" loading={run.isPending} onClick={() => run.mutate()}>
            {t("builder.tests.run")}
          </Button>
        )}
      </Flex>
      {tests.length === 0 && <Typography.Text type="secondary">{t("builder.tests.empty")}</Typography.Text>}
      {run.error && <ErrorNote error={run.error} />}
      {run.data && run.data.findings.length === 0 && <Alert type="success" showIcon title={t("builder.tests.passed", { count: run.data.tests })} />}
      {run.data?.findings.map((one) => (
        <Alert key={one.text} type="error" showIcon title={one.text} />
      ))}
      {tests.map((test) => (
        <Flex key={test.name} justify="space-between" align="center" gap={8}>
          <span style={{ overflowWrap: "anywhere" }}>{test.name}</span>
          {mayDraw && (
            <Popconfirm title={t("builder.tests.removeSure")} onConfirm={() => setTests(tests.filter((one) => one !== test))}>
              <Button size="small" danger>
                {t("builder.remove")}
              </Button>
            </Popconfirm>
          )}
        </Flex>
      ))}
    </Flex>
  );
}
