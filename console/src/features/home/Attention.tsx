import { Alert, Card, Flex } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAccounts, useHealth, useLatestTasks, type Service } from "./api";

/** What a person must look at now: services that cannot work, accounts that are held, tasks that failed or wait. */
export function Attention() {
  const { t } = useTranslation();
  const alerts = [...useServiceAlerts(), ...useAccountAlerts(), ...useTaskAlerts()];
  return (
    <Card title={t("home.attention")}>
      <Flex vertical gap={8}>
        {alerts.length > 0 ? alerts : <Alert type="success" showIcon title={t("home.allWell")} />}
      </Flex>
    </Card>
  );
}

function useServiceAlerts(): ReactNode[] {
  const { t } = useTranslation();
  const found = { gateway: useHealth("gateway"), interpreter: useHealth("interpreter"), executor: useHealth("executor") };
  return (Object.keys(found) as Service[]).flatMap((service) => {
    const { data, isError } = found[service];
    if (isError) return [<Alert key={service} type="error" showIcon title={t("home.unreachable", { service })} />];
    return (data ?? []).map((check) => (
      <Alert key={service + check} type="error" showIcon title={t("home.failing", { service, check })} />
    ));
  });
}

function useAccountAlerts(): ReactNode[] {
  const { t } = useTranslation();
  const held = (useAccounts().data?.accounts ?? []).filter((one) => one.held_reason);
  return held.map((one) => (
    <Alert
      key={one.channel + one.account}
      type="error"
      showIcon
      title={t("home.held", { name: one.name || one.account, reason: one.held_reason })}
      action={<Link to="/deliveries">{t("home.look")}</Link>}
    />
  ));
}

function useTaskAlerts(): ReactNode[] {
  const { t } = useTranslation();
  const tasks = useLatestTasks().data?.tasks ?? [];
  const count = (status: string) => tasks.filter((one) => one.status === status).length;
  return (["failed", "waiting"] as const).flatMap((status) =>
    count(status) > 0
      ? [
          <Alert
            key={status}
            type="warning"
            showIcon
            title={t(`home.tasks.${status}`, { count: count(status) })}
            action={<Link to="/tasks">{t("home.look")}</Link>}
          />,
        ]
      : [],
  );
}
