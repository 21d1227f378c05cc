import { Card, Col, Row, Segmented, Skeleton, theme as themes } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayChart, type Series } from "@/components/DayChart";
import { ErrorNote } from "@/components/ErrorNote";
import { type Day, SPANS, type Span, useDays, usePrices } from "./api";
import { MostAsked } from "./MostAsked";

/** What happened by day: messages, answers, tasks and errors, and what the model was given and gave. */
export default function Days() {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>(14);
  const gateway = useDays("gateway", span);
  const interpreter = useDays("interpreter", span);
  const executor = useDays("executor", span);
  const failed = [gateway, interpreter, executor].find((one) => one.isError);
  return (
    <Card title={t("home.days")}>
      <Segmented<Span>
        aria-label={t("home.days")}
        value={span}
        onChange={setSpan}
        options={SPANS.map((one) => ({ value: one, label: t("home.span", { count: one }) }))}
        style={{ marginBottom: 24 }}
      />
      {failed?.error && <ErrorNote error={failed.error} retry={() => void failed.refetch()} />}
      {gateway.data && interpreter.data && executor.data ? (
        <Row gutter={[32, 32]}>
          <Charts gateway={gateway.data} interpreter={interpreter.data} executor={executor.data} />
          <Col xs={24} lg={12}>
            <MostAsked days={executor.data} />
          </Col>
        </Row>
      ) : (
        !failed && <Skeleton active />
      )}
    </Card>
  );
}

function Charts({ gateway, interpreter, executor }: Record<"gateway" | "interpreter" | "executor", readonly Day[]>) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const series = (days: readonly Day[], name: string, colour: string): Series => ({
    name: t(`home.counts.${name}`),
    colour,
    values: days.map((one) => one.counts[name] ?? 0),
  });
  const charts = [
    { name: "messages", days: gateway, series: [series(gateway, "in", token.colorInfo), series(gateway, "out", token.colorPrimary)] },
    { name: "answers", days: interpreter, series: [series(interpreter, "turns", token.colorPrimary)] },
    { name: "tasks", days: executor, series: [series(executor, "succeeded", token.colorSuccess), series(executor, "failed", token.colorError)] },
    { name: "errors", days: gateway, series: [series(gateway, "unanswered", token.colorError), series(gateway, "undelivered", token.colorWarning)] },
    { name: "tokens", days: interpreter, series: [series(interpreter, "tokens_in", token.colorInfo), series(interpreter, "tokens_out", token.colorPrimary)] },
  ];
  return (
    <>
      {charts.map((one) => (
        <Col key={one.name} xs={24} lg={12}>
          <DayChart title={t(`home.charts.${one.name}`)} days={one.days.map((day) => day.day)} series={one.series} />
        </Col>
      ))}
      <Cost days={interpreter} />
    </>
  );
}

const MILLION = 1_000_000;

/** What the model cost by day, where the settings say what tokens cost. */
function Cost({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useTranslation();
  const { token } = themes.useToken();
  const prices = usePrices().data;
  if (!prices || prices.tokens_in + prices.tokens_out === 0) return null;
  const cost = ({ counts }: Day) => ((counts["tokens_in"] ?? 0) * prices.tokens_in + (counts["tokens_out"] ?? 0) * prices.tokens_out) / MILLION;
  const written = new Intl.NumberFormat(i18n.language, { style: "currency", currency: prices.currency, currencyDisplay: "code" });
  return (
    <Col xs={24} lg={12}>
      <DayChart
        title={t("home.charts.cost")}
        days={days.map((one) => one.day)}
        series={[{ name: t("home.counts.cost"), colour: token.colorWarning, values: days.map(cost) }]}
        write={(value) => written.format(value)}
      />
    </Col>
  );
}
