import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Popconfirm, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { deleteJson, getJson, type Interpreter, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";
import { whole } from "@/lib/time";

type Case = Interpreter["Case"];
type Result = Interpreter["CaseResult"];

const ROOT = "/interpreter/api/cases";
const KEY = ["cases"];
const COLOURS = { right: "success", wrong: "error", asked: "warning", refused: "warning" } as const;

/** Turns that were saved as cases, and whether the interpreter still does with them what is right. */
export default function Cases() {
  const { t, i18n } = useTranslation();
  const list = useQuery({ queryKey: KEY, queryFn: () => getJson<Interpreter["CaseList"]>(ROOT) });
  const remove = useChange(KEY, (id: string) => deleteJson<undefined>(`${ROOT}/${encodeURIComponent(id)}`));
  const run = useMutation({ mutationFn: () => postJson<Interpreter["CaseResults"]>(`${ROOT}/run`) });
  const results = new Map<string, Result>((run.data?.results ?? []).map((one) => [one.id, one]));
  const cases = list.data?.cases ?? [];
  const right = [...results.values()].filter((one) => one.verdict === "right").length;
  return (
    <>
      <PageTitle title={t("pages.cases")} hint={t("cases.hint")}>
        <Button type="primary" disabled={cases.length === 0} loading={run.isPending} onClick={() => run.mutate()}>
          {t("cases.run")}
        </Button>
      </PageTitle>
      {[list, remove, run].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      {run.data && (
        <Alert
          type={right === results.size ? "success" : "warning"}
          showIcon
          title={t("cases.summary", { right: whole(right, i18n.language), all: whole(results.size, i18n.language) })}
          {...(run.data.left_out ? { description: t("cases.leftOut", { count: run.data.left_out }) } : {})}
          style={{ marginBottom: 16 }}
        />
      )}
      <Table<Case>
        rowKey="id"
        {...(cases.length ? { virtual: true, scroll: { x: 900, y: 560 } } : {})}
        loading={list.isPending}
        dataSource={[...cases]}
        pagination={false}
        locale={{ emptyText: <Teaching text={t("cases.empty")} /> }}
        columns={[
          { title: t("cases.text"), dataIndex: "text", width: 320 },
          { title: t("cases.expected"), width: 240, render: (_, one) => results.get(one.id)?.expected ?? one.expected.tool },
          { title: t("cases.did"), width: 200, render: (_, one) => results.get(one.id)?.did ?? "–" },
          { title: t("cases.verdict"), width: 140, render: (_, one) => <Verdict result={results.get(one.id)} /> },
          {
            title: "",
            width: 120,
            render: (_, one) => (
              <Popconfirm title={t("cases.deleteSure")} onConfirm={() => remove.mutate(one.id)}>
                <Button size="small" danger>
                  {t("flows.delete")}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
    </>
  );
}

function Verdict({ result }: { result: Result | undefined }) {
  const { t } = useTranslation();
  return result ? <Tag color={COLOURS[result.verdict]}>{t(`cases.verdicts.${result.verdict}`)}</Tag> : "–";
}
