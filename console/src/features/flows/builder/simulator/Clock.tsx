import { FieldTimeOutlined } from "@ant-design/icons";
import { Button, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Simulated, Step } from "../../api";

/** What time it is in the simulation, and the jumps that its wait allows. */
export function Clock({ standing, isBusy, onJump }: { standing: Simulated["standing"]; isBusy: boolean; onJump: (step: Step) => void }) {
  const { t, i18n } = useTranslation();
  const now = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(new Date(standing.now));
  const jumps = standing.status === "waiting" ? jumpsOf(standing) : [];
  return (
    <Flex gap={8} wrap align="center">
      <Typography.Text type="secondary">
        <FieldTimeOutlined /> {now} UTC
      </Typography.Text>
      {jumps.map((to) => (
        <Button key={to} size="small" disabled={isBusy} onClick={() => onJump({ kind: "jump", to })}>
          {t(`builder.try.jump.${to}`)}
        </Button>
      ))}
    </Flex>
  );
}

type To = "timeout" | "expiry" | "delay";

function jumpsOf({ waits_for: kind, timeout_seconds: timeout }: Simulated["standing"]): To[] {
  if (kind === "delay") return ["delay"];
  return [...(timeout ? (["timeout"] as const) : []), "expiry"];
}
