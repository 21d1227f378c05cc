import { CheckCircleFilled } from "@ant-design/icons";
import { Card, Flex, theme as themes, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { may, useUser } from "@/lib/session";
import { useAccounts, useAnyLink, useConnections, useLatestConversations } from "./api";

/** From nothing to the first answered question, then to the own company. */
export function FirstSteps() {
  const { t } = useTranslation();
  const steps = useSteps();
  if (steps.length === 0) return null;
  return (
    <Card title={t("home.steps")}>
      <Flex component="ol" vertical gap={12} style={{ margin: 0, paddingInlineStart: 20 }}>
        {steps.map((step) => (
          <li key={step.name}>
            <Step {...step} />
          </li>
        ))}
      </Flex>
    </Card>
  );
}

interface StepProps {
  name: "ask" | "erp" | "channel" | "link";
  to: string;
  isDone: boolean;
}

function Step({ name, to, isDone }: StepProps) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  return (
    <>
      <Link to={to}>{t(`home.step.${name}.title`)}</Link>{" "}
      {isDone && <CheckCircleFilled aria-label={t("home.done")} style={{ color: token.colorSuccess }} />}
      <br />
      <Typography.Text type="secondary">{t(`home.step.${name}.text`)}</Typography.Text>
    </>
  );
}

/** To each their own: only an administrator connects, links and sets up. */
function useSteps(): StepProps[] {
  const me = useUser();
  const conversations = useLatestConversations().data?.conversations ?? [];
  const connections = useConnections().data?.connections ?? [];
  const accounts = useAccounts().data?.accounts ?? [];
  const links = useAnyLink().data?.links ?? [];
  const ask: StepProps = { name: "ask", to: "/chat", isDone: conversations.length > 0 };
  if (!may(me, "operator")) return [];
  if (!may(me, "administrator")) return [ask];
  return [
    ask,
    { name: "erp", to: "/connections", isDone: connections.some((one) => one.kind !== "demo") },
    { name: "channel", to: "/settings", isDone: accounts.some((one) => one.channel !== "web" && !one.is_simulated) },
    { name: "link", to: "/contacts", isDone: links.length > 0 },
  ];
}
