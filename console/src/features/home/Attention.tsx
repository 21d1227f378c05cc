import { Alert, Card, Flex } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment } from "@/lib/time";
import { useToolTitle } from "@/lib/tools";
import { type Service, useAccounts, useAttention, useDays, useHealth } from "./api";

type Found = ReactNode[];

/** What a person must look at now: services, ERP, accounts and tools that fail, tasks that wait, messages that were lost. */
export function Attention() {
  const { t } = useTranslation();
  const alerts = [...useServiceAlerts(), ...useAccountAlerts(), ...useTaskAlerts(), ...useLostAlerts()];
  return (
    <Card title={t("home.attention")}>
      <Flex vertical gap={8}>
        {alerts.length > 0 ? alerts : <Alert type="success" showIcon title={t("home.allWell")} />}
      </Flex>
    </Card>
  );
}

function useServiceAlerts(): Found {
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

function useAccountAlerts(): Found {
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

function useTaskAlerts(): Found {
  const { t, i18n } = useTranslation();
  const titleOf = useToolTitle();
  const { data } = useAttention();
  if (!data) return [];
  const { erp, tools, waiting } = data;
  const look = (to: string) => <Link to={to}>{t("home.look")}</Link>;
  return [
    ...(erp
      ? [<Alert key="erp" type="error" showIcon title={t("home.erp", { at: moment(erp.at, i18n.language) })} description={t(`home.reasons.${erp.reason}`)} action={look("/connections")} />]
      : []),
    ...tools.map((one) => (
      <Alert
        key={one.tool}
        type="warning"
        showIcon
        title={t("home.failingTool", { tool: titleOf(one.tool), failed: one.failed, calls: one.calls })}
        action={look("/tasks?status=failed")}
      />
    )),
    ...(waiting > 0 ? [<Alert key="waiting" type="info" showIcon title={t("home.waiting", { count: waiting })} action={look("/tasks?status=waiting")} />] : []),
  ];
}

/** Messages that nobody answered, or that never arrived, today or yesterday. */
function useLostAlerts(): Found {
  const { t } = useTranslation();
  const days = (useDays("gateway", 7).data ?? []).slice(-2);
  return (["unanswered", "undelivered"] as const).flatMap((name) => {
    const count = days.reduce((sum, one) => sum + (one.counts[name] ?? 0), 0);
    return count > 0 ? [<Alert key={name} type="error" showIcon title={t(`home.lost.${name}`, { count })} action={<Link to="/conversations">{t("home.look")}</Link>} />] : [];
  });
}
