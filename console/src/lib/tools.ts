/** The registry's tools, as the reader's language calls them. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Executor, getJson } from "./api";
import { asLanguage } from "./i18n";

export type Tool = Executor["ToolSpec"];

export const useTools = () =>
  useQuery({ queryKey: ["tools"], queryFn: () => getJson<Executor["ToolList"]>("/executor/api/tools"), staleTime: 60_000 });

/** Gives a tool's title; of one that is no longer there its name. */
export function useToolTitle(): (name: string) => string {
  const { i18n } = useTranslation();
  const tools = useTools().data?.tools ?? [];
  const language = asLanguage(i18n.language) ?? "es";
  return (name) => tools.find((one) => one.name === name)?.titles[language] ?? name;
}
