import { Flex, Input, Select, Spin, Statistic, Typography } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Statistics, useStatistics, useVersions } from "../../api";
import { useBuilder } from "../store";
import { DropOff } from "./DropOff";
import { figuresOf, type Say, shareIn } from "./figuresOf";

const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30, 90] as const;
const ALL = "";

const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** How people go through the flow in a period: shown upon the drawing, and the main figures beside it. */
export default function Figures() {
  const { t } = useTranslation();
  const flowId = useBuilder((state) => state.view.flow.id);
  const [from, setFrom] = useState(() => dayBefore(29));
  const [to, setTo] = useState(() => dayBefore(0));
  const [version, setVersion] = useState(ALL);
  const versions = useVersions(flowId).data?.versions ?? [];
  const statistics = useStatistics(flowId, { from, to, version: version || undefined });
  useShownFigures(statistics.data);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        {PERIODS.map((days) => (
          <Typography.Link
            key={days}
            role="button"
            tabIndex={0}
            onClick={() => (setFrom(dayBefore(days - 1)), setTo(dayBefore(0)))}
            onKeyDown={(event) => event.key === "Enter" && (setFrom(dayBefore(days - 1)), setTo(dayBefore(0)))}
          >
            {t("builder.figures.lastDays", { count: days })}
          </Typography.Link>
        ))}
      </Flex>
      <Flex gap={8}>
        <Input type="date" aria-label={t("builder.figures.from")} max={to} value={from} onChange={(event) => event.target.value && setFrom(event.target.value)} />
        <Input type="date" aria-label={t("builder.figures.to")} min={from} value={to} onChange={(event) => event.target.value && setTo(event.target.value)} />
      </Flex>
      <Select
        aria-label={t("flows.versions")}
        value={version}
        onChange={setVersion}
        options={[{ value: ALL, label: t("builder.figures.allVersions") }, ...versions.map((one) => ({ value: one.id, label: t("builder.versionNumber", { number: one.number }) }))]}
      />
      {statistics.error && <ErrorNote error={statistics.error} />}
      {statistics.isPending && <Spin />}
      {statistics.data && <Summary statistics={statistics.data} />}
    </Flex>
  );
}

function Summary({ statistics }: { statistics: Statistics }) {
  const { t, i18n } = useTranslation();
  const { started, completed, expired, interrupted, failed } = statistics.runs;
  if (!started) return <Typography.Text type="secondary">{t("builder.figures.empty")}</Typography.Text>;
  const share = shareIn(i18n.language);
  const figures = { started, completed, expired, interrupted, failed };
  return (
    <>
      <Flex gap={16} wrap>
        {Object.entries(figures).map(([name, count]) => (
          <Statistic
            key={name}
            title={t(`builder.figures.runs.${name}`)}
            value={count}
            {...(name === "started" ? {} : { suffix: <small>{share(count, started)}</small> })}
            styles={{ content: { fontSize: 20 } }}
          />
        ))}
      </Flex>
      <DropOff statistics={statistics} />
    </>
  );
}

/** Puts the figures upon the drawing while this tab is open. */
function useShownFigures(statistics: Statistics | undefined): void {
  const { i18n } = useTranslation();
  const edges = useBuilder((state) => state.edges);
  const setOverlay = useBuilder((state) => state.setOverlay);
  const say = useSay();
  useEffect(() => {
    if (statistics) setOverlay(figuresOf(statistics, edges, say, i18n.language));
  }, [statistics, edges, say, setOverlay, i18n.language]);
}

function useSay(): Say {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      visits: (count) => t("builder.figures.visits", { count }),
      dropped: (count, share) => t("builder.figures.dropped", { count, share }),
      timeouts: (count) => t("builder.figures.timeouts", { count }),
      variant: (id, share, goals, sessions) => t("builder.figures.variant", { id, share, goals, sessions }),
    }),
    [t],
  );
}
