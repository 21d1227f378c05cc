import { useQuery } from "@tanstack/react-query";
import { deleteJson, getJson, type Interpreter, postForm } from "@/lib/api";
import { useChange } from "@/lib/change";

export type Source = Interpreter["SourceView"];

const ROOT = "/interpreter/api/knowledge";
const KEY = ["knowledge"];

export const fileOf = (source: Source) => `${ROOT}/${source.id}/file`;
export const useSources = () => useQuery({ queryKey: KEY, queryFn: () => getJson<Interpreter["SourceList"]>(ROOT) });
export const useAddSource = () =>
  useChange(KEY, ({ file, groups, replace }: { file: File; groups: string; replace: boolean }) => {
    const form = new FormData();
    form.set("file", file);
    form.set("groups", groups);
    form.set("replace", String(replace));
    return postForm<Source>(ROOT, form);
  });
export const useRemoveSource = () => useChange(KEY, (id: string) => deleteJson<undefined>(`${ROOT}/${id}`));
export const useSearch = (question: string, groups: string) =>
  useQuery({
    queryKey: [...KEY, "search", question, groups],
    queryFn: () => getJson<Interpreter["FoundPassages"]>(`${ROOT}/search`, { question, groups }),
    enabled: question !== "",
  });
