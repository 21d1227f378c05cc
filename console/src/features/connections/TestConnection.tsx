import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, WarningFilled } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, theme as themes, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Executor, postJson } from "@/lib/api";

type Result = Executor["TestResult"];

/** Tries a connection step by step; what fails is said with the way out. */
export function TestConnection({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const { token } = themes.useToken();
  const test = useMutation({
    mutationFn: () => postJson<Result>(`/executor/api/connections/${id}/test?language=${i18n.language}`),
  });
  const icons = {
    ok: <CheckCircleFilled style={{ color: token.colorSuccess }} />,
    failed: <CloseCircleFilled style={{ color: token.colorError }} />,
    warning: <WarningFilled style={{ color: token.colorWarning }} />,
    not_tried: <MinusCircleOutlined />,
  };
  return (
    <Flex vertical gap={8}>
      <Button loading={test.isPending} onClick={() => test.mutate()} style={{ alignSelf: "start" }}>
        {t("connections.test")}
      </Button>
      {test.isError && <ErrorNote error={test.error} />}
      {test.data?.steps.map((step) => (
        <Flex key={step.step} gap={8} align="start">
          {icons[step.status]}
          <Typography.Text>
            {[step.what, step.detail, step.mend].filter(Boolean).join(" — ")}
          </Typography.Text>
        </Flex>
      ))}
    </Flex>
  );
}
