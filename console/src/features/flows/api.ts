import { useQuery } from "@tanstack/react-query";
import { deleteJson, type Executor, getJson, postJson, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type FlowSummary = Executor["FlowSummary"];
export type FlowView = Executor["FlowView"];
export type Drawing = Executor["Flow"];
export type Kind = Executor["NodeSpec"];
export type Checked = Executor["Checked"];
export type Finding = Executor["FindingView"];
export type Version = Executor["VersionSummary"];

const ROOT = "/executor/api/flows";
const LIST = ["flows"];

export const useFlows = () => useQuery({ queryKey: LIST, queryFn: () => getJson<Executor["FlowList"]>(ROOT) });
export const useFlow = (id: string) =>
  useQuery({ queryKey: ["flow", id], queryFn: () => getJson<FlowView>(`${ROOT}/${id}`), staleTime: Infinity, gcTime: 0 });
export const useKinds = () =>
  useQuery({ queryKey: ["nodes"], queryFn: () => getJson<Executor["KindList"]>("/executor/api/nodes"), staleTime: Infinity });
export const useToolNames = () =>
  useQuery({ queryKey: ["tools"], queryFn: () => getJson<Executor["ToolList"]>("/executor/api/tools") });
export const useVersions = (id: string) =>
  useQuery({ queryKey: ["flow", id, "versions"], queryFn: () => getJson<Executor["VersionList"]>(`${ROOT}/${id}/versions`) });

export const useCreate = () => useChange(LIST, (flow: { name: string; draft?: unknown }) => postJson<FlowView>(ROOT, flow));
export const useCopy = () =>
  useChange(LIST, ({ id, name }: { id: string; name: string }) => postJson<FlowView>(`${ROOT}/${id}/duplicate`, { name }));
export const useActivate = () =>
  useChange(LIST, ({ id, is_active }: { id: string; is_active: boolean }) => postJson<FlowView>(`${ROOT}/${id}/activate`, { is_active }));
export const useDelete = () => useChange(LIST, (id: string) => deleteJson<undefined>(`${ROOT}/${id}`));
export const useSave = (id: string) =>
  useChange(LIST, (change: { revision: number; draft: Drawing; name?: string; description?: string }) => putJson<FlowView>(`${ROOT}/${id}`, change));
export const usePublish = (id: string) =>
  useChange(LIST, ({ revision, language }: { revision: number; language: string }) =>
    postJson<Version>(`${ROOT}/${id}/publish?language=${language}`, { revision }),
  );
export const useRollBack = (id: string) =>
  useChange(LIST, (back: { version_id: string; revision: number }) => postJson<FlowView>(`${ROOT}/${id}/roll-back`, back));

export const checkDrawing = (id: string, draft: Drawing, language: string): Promise<Checked> =>
  postJson(`${ROOT}/${id}/check?language=${language}`, { draft });
export const exportFlow = (id: string): Promise<FlowView> => getJson(`${ROOT}/${id}`);

export type Scene = NonNullable<Executor["Simulation"]["scene"]>;
export type Step = NonNullable<Executor["Simulation"]["steps"]>[number];
export type Mock = NonNullable<Scene["mocks"]>[number];
export type Simulated = Executor["Simulated"];
export type Beat = Executor["BeatView"];
export type FlowTest = NonNullable<Drawing["tests"]>[number];
export type Tested = Executor["Tested"];
export type VersionView = Executor["VersionView"];

export const simulate = (id: string, body: Executor["Simulation"], language: string): Promise<Simulated> =>
  postJson(`${ROOT}/${id}/simulate?language=${language}`, body);
export const runTests = (id: string, draft: Drawing, language: string): Promise<Tested> =>
  postJson(`${ROOT}/${id}/test?language=${language}`, { draft });
export const useVersion = (id: string, version: string | undefined) =>
  useQuery({
    queryKey: ["flow", id, "version", version],
    queryFn: () => getJson<VersionView>(`${ROOT}/${id}/versions/${version ?? ""}`),
    enabled: version !== undefined,
    staleTime: Infinity,
  });

export type Statistics = Executor["FlowStatistics"];
export const useStatistics = (id: string, query: { from: string; to: string; version?: string | undefined }) =>
  useQuery({ queryKey: ["flow", id, "statistics", query], queryFn: () => getJson<Statistics>(`${ROOT}/${id}/statistics`, query), placeholderData: (before) => before });

export type Template = Executor["TemplateView"];
export const useTemplates = (language: string) =>
  useQuery({ queryKey: ["templates", language], queryFn: () => getJson<Executor["TemplateList"]>("/executor/api/templates", { language }) });
export const useTemplate = (name: string) =>
  useQuery({ queryKey: ["template", name], queryFn: () => getJson<Executor["TemplateWhole"]>(`/executor/api/templates/${name}`) });
export const useUseTemplate = (language: string) =>
  useChange(LIST, ({ name, flow_name }: { name: string; flow_name: string }) => postJson<FlowView>(`/executor/api/templates/${name}/use?language=${language}`, { flow_name }));

export type Category = Template["category"];
export const CATEGORIES: readonly Category[] = ["service", "sales", "collections", "feedback"];
export const useKeepTemplate = () => useChange(["templates"], (body: Executor["KeepTemplate"]) => postJson<Template>("/executor/api/templates", body));
export const useDeleteTemplate = () => useChange(["templates"], (name: string) => deleteJson<undefined>(`/executor/api/templates/${name}`));

export type Arrived = Executor["ArrivedView"];
export const useImport = (language: string) =>
  useChange(LIST, (document: unknown) => postJson<Executor["ArrivedList"]>(`${ROOT}/import?language=${language}`, { document }));
